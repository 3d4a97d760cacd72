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
mod input;
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
/// A value within an argument is named by its path: `owner = "request.user_id"`.
///
/// # How much
///
/// | key | bound | default |
/// |---|---|---|
/// | `rate = "100/min"`, `rate("10/s", burst = 20, cost = 5, per = "ip")`, repeatable | requests; `per` is `caller`, `ip` or `endpoint` | `300/min` per caller |
/// | `max_body = "1MiB"` | bytes of the body really read | `1MiB` |
/// | `timeout = "5s"` | time to the response | `30s` |
/// | `gzip` | `Json` and `Form` are read from bodies coded with gzip too; `max_body` holds before and after. Needs the feature `gzip` | not read |
///
/// # Where
///
/// `get = "/path/{id}"`, or `post`, `put`, `patch`, `delete`; without it, name the route on the router. `crate = "…"`
/// is the path of `secure_runtime`, where it was renamed.
#[proc_macro_attribute]
pub fn secure(args: TokenStream, item: TokenStream) -> TokenStream {
    driver::secure(args.into(), item.into()).into()
}

/// A type that comes from outside: what it must look like, and who may set which of its members.
#[proc_macro_attribute]
pub fn input(args: TokenStream, item: TokenStream) -> TokenStream {
    input::input(args.into(), item.into()).into()
}

/// A type that leaves the process: who may see which of its members.
#[proc_macro_attribute]
pub fn output(args: TokenStream, item: TokenStream) -> TokenStream {
    output::output(args.into(), item.into()).into()
}
