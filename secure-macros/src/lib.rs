//! The attributes of the framework. Use them through `secure_runtime`, which re-exports them and is what their
//! expansions call.

mod args;
mod binding;
mod check;
mod data;
mod diagnostic;
mod driver;
mod endpoint;
mod expand;
mod expression;
mod formula;
mod input;
mod limit;
mod names;
mod options;
mod output;
mod owned;
mod paths;
mod policy;
mod proofs;
mod recover;
mod shape;
mod signature;
#[cfg(test)]
mod snapshots;

use proc_macro::TokenStream;

/// States the whole security of a handler.
///
/// ```text
/// #[secure(
///     get = "/users/{user_id}/profile",
///     scope = "read:profile",
///     owner = "user_id",
///     rate = "100/min",
///     max_body = "1MiB",
/// )]
/// async fn get_profile(Path(user_id): Path<UserId>, State(db): State<Db>) -> Result<Json<Profile>, ApiError> { /* … */ }
/// ```
///
/// The handler becomes an endpoint of the same name, which a `SecureRouter` mounts. The function itself cannot be named
/// any more, so no path leads to it but through its checks. In tests, `get_profile::unguarded(…)` calls it directly.
///
/// # Who may call: exactly one access rule
///
/// | key | lets in |
/// |---|---|
/// | `scope = "a & (b \| c)"` | callers whose token has these OAuth scopes |
/// | `scope = scopes::READ \| scopes::ADMIN` | the same, with constants that `scopes!` declares |
/// | `role = "admin \| support"` | callers with these roles; beside `scope`, both must hold |
/// | `authenticated` | any caller with a valid credential |
/// | `optional` | anybody; who sends a credential must send a good one |
/// | `public = "why"` | anybody; nobody is asked |
///
/// `sender_constrained` beside any of these but `public`: the token must be bound to a key that the sender proves to have, by
/// DPoP (RFC 9449) or its client certificate (RFC 8705); a bearer token is 401.
///
/// # Whose it is
///
/// Each parameter of the path must be named by one of these, or by `when`.
///
/// | key | the named argument |
/// |---|---|
/// | `owner = "user_id"` | equals the caller's subject |
/// | `owner("user_id", or_scope = "admin:users", hidden)` | the same, or the caller has that scope; `hidden` answers 404, not 403 |
/// | `tenant = "org_id"` | equals the caller's tenant; takes the same options |
/// | `shared = "product_id"` | belongs to nobody in particular |
/// | `when = request.amount < 10_000 \|\| caller.has_role("vp")` | a Rust condition over the arguments, by reference, and the `caller` |
///
/// A value within an argument is named by its path: `owner = "request.user_id"`. Where the argument is an `Owned<Order>`, the
/// key names the parameter that loads it, as in `owner("order_id", hidden)`, and the object says whose it is; without a key
/// it is `owner`.
///
/// # How much
///
/// | key | bound | default |
/// |---|---|---|
/// | `rate = "100/min"`, `rate("10/s", burst = 20, cost = 5, per = "ip", algorithm = "gcra")`, repeatable | requests | `300/min` per caller |
/// | `rate = limits::SEARCH`, `rate(limits::SEARCH, cost = 5)` | the same, together with all endpoints that have this limit, which `limits!` declares | |
/// | `max_body = "1MiB"` | bytes of the body really read | `1MiB` |
/// | `timeout = "5s"` | time to the response | `30s` |
/// | `body_timeout = "5s"` | time for the body to arrive; not above `timeout` | `10s` |
/// | `concurrency = 64` | requests under way at once | any number |
/// | `gzip` | `Json` and `Form` are read from bodies coded with gzip too; `max_body` holds before and after. Needs the feature `gzip` | not read |
///
/// `per` is `caller`, `client`, `api_key`, `tenant`, `ip`, `endpoint` or `service`; without a caller, the first four count by
/// address, and on a `public` endpoint `client`, `api_key` and `tenant` do not compile. `algorithm` is `gcra`, `sliding_window` or
/// `fixed_quota`, and only the first has a `burst`.
///
/// `cost` is a number, or a Rust expression that sees what `when` sees, as in `rate("1000/day", cost = page.size)`. Its value
/// is an unsigned integer, or implements `Cost`.
///
/// # Where
///
/// `get = "/path/{id}"`, or `post`, `put`, `patch`, `delete`; without it, name the route on the router. `crate = "…"`
/// is the path of `secure_runtime`, where it was renamed.
#[proc_macro_attribute]
pub fn secure(args: TokenStream, item: TokenStream) -> TokenStream {
    driver::secure(args.into(), item.into()).into()
}

/// What the macro `limits!` of the runtime hands on, with the runtime's path before it.
#[doc(hidden)]
#[proc_macro]
pub fn limits(tokens: TokenStream) -> TokenStream {
    limit::declare::limits(tokens.into()).into()
}

/// A type that comes from outside: what it must look like, and who may set which of its members.
///
/// ```text
/// #[input]
/// struct NewArticle {
///     #[input(length(min = 1, max = 200))]
///     title: String,
///     #[input(length(max = 5), inner(pattern = "^[a-z]{1,20}$"))]
///     tags: Vec<String>,
///     #[input(owner, length(max = 64))]
///     author: String,
///     #[input(scope = "edit:articles")]
///     front_page: Option<bool>,
///     #[input(server)]
///     id: u64,
/// }
/// ```
///
/// The type can stand in `Json`, `Form`, `Query` and `Path`. It gets `Deserialize`, `JsonSchema` and `Input`, so these are not
/// derived beside it. A member that it does not have is refused, and so is one that stands twice. A struct around one value is
/// read as that value, and if that can be compared with the caller, so can the struct.
///
/// # What a value looks like
///
/// All rules of a member must hold; what breaks some is answered with 422, and with all of them. They look into `Option`
/// and `Patch`, where a value that is absent breaks none. A member whose type has `#[input]` is checked by the rules of that.
///
/// | rule | for | holds if |
/// |---|---|---|
/// | `length(min = 1, max = 80)`, `length(equal = 8)` | text, lists, maps | it has so many characters, items or members |
/// | `range(min = 1, max = 100)` | numbers | it lies between, both included |
/// | `pattern = "^[a-z]{1,40}$"` | text | the whole text matches. Anchored at both ends; without `.`, `\d`, `\w`, `\s`, flags, look-around and back-references |
/// | `email` | text | it is an email address |
/// | `url` | text | it is an absolute `http` or `https` URL with a host and without user information |
/// | `inner(…)` | lists, maps | these rules hold for each item, or each value |
/// | `custom = is_even` | everything | `fn is_even(&T) -> Result<(), &'static str>` is content |
/// | `unchecked` | types of crates that know no rules | the type has no rules of its own; only those that stand here are checked |
///
/// Text needs a bound: `length(max = …)`, `email`, `owner`, or a pattern whose matches are of limited length. Lists and
/// maps need `length(max = …)`.
///
/// # Who may set a member
///
/// | rule | who | otherwise |
/// |---|---|---|
/// | none of these | every caller | |
/// | `server` | nobody; it has its `Default` | 422 |
/// | `scope = "a & (b \| c)"` | callers whose token has these scopes; the member is an `Option` or a `Patch` | 403 |
/// | `role = "admin \| support"` | callers with these roles; beside `scope`, both must hold | 403 |
/// | `owner` | everybody, and it must name the caller | 403 |
///
/// # On the type
///
/// `crate = "…"` is the path of `secure_runtime`, where it was renamed. Of serde's keys these can stand:
///
/// | where | keys |
/// |---|---|
/// | the type | `rename_all`, `rename_all_fields`, `tag`, `content`, `default`, `deny_unknown_fields`, `transparent`, `bound`, `expecting` |
/// | a variant | `rename`, `rename_all` |
/// | a member | `rename`, `default`, `with`, `deserialize_with` |
#[proc_macro_attribute]
pub fn input(args: TokenStream, item: TokenStream) -> TokenStream {
    input::input(args.into(), item.into()).into()
}

/// A type that leaves the process: who may see which of its members.
///
/// ```text
/// #[output(owner = "user_id")]
/// struct Profile {
///     #[expose]
///     user_id: String,
///     #[expose(owner, or_scope = "admin:users")]
///     email: String,
///     #[expose(scope = "read:notes", role = "support")]
///     notes: Vec<String>,
///     #[expose(never)]
///     password_hash: String,
/// }
/// ```
///
/// The type can stand in `Json`, `Lines` and `Events`. It gets `Output`, and needs no `Serialize`. A field that a caller may
/// not see is left out.
///
/// # On each field
///
/// | attribute | who sees it |
/// |---|---|
/// | `#[expose]` | every caller who may call the endpoint |
/// | `#[expose(scope = "a & (b \| c)")]` | callers whose token has these OAuth scopes |
/// | `#[expose(role = "admin \| support")]` | callers with these roles |
/// | `#[expose(owner)]` | whom the value belongs to |
/// | `#[expose(owner, or_scope = "admin:users")]` | whom it belongs to, and callers with these scopes |
/// | `#[expose(never)]` | nobody |
/// | none | it does not compile |
///
/// `scope`, `role` and `owner` in one attribute must all hold; `or_scope` stands in for `owner` alone. A value without a name,
/// as in `struct Cents(#[expose] i64)`, cannot be left out, so it is for everybody.
///
/// # On the type
///
/// | key | meaning |
/// |---|---|
/// | `owner = "user_id"` | the field that says whose the value is; it may be `never` itself |
/// | `crate = "…"` | the path of `secure_runtime`, where it was renamed |
///
/// An enum is written as serde would, in each of the forms that `tag` and `content` give it. Of serde's keys these count:
///
/// | where | keys |
/// |---|---|
/// | the type | `rename_all`, `rename_all_fields`, `tag`, `content` |
/// | a variant | `rename`, `rename_all` |
/// | a field | `rename`, `skip_serializing_if` |
///
/// Those that concern reading may stand as well, for a type that has `#[input]` too.
#[proc_macro_attribute]
pub fn output(args: TokenStream, item: TokenStream) -> TokenStream {
    output::output(args.into(), item.into()).into()
}
