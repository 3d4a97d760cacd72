/// Declares the scopes of an application, once, as constants that `#[secure]` takes.
///
/// ```
/// mod scopes {
///     secure_runtime::scopes! {
///         /// Reads the caller's orders.
///         pub READ_ORDERS = "read:orders";
///         /// Administers everything.
///         pub ADMIN = "admin";
///     }
/// }
///
/// #[secure_runtime::secure(get = "/orders", scope = scopes::READ_ORDERS | scopes::ADMIN)]
/// async fn list_orders() {}
/// ```
///
/// A scope that is not declared does not compile, and the compiler names the one that is spelt most like it.
/// `scopes::ALL` has all of them: give it to [`SecurityBuilder::scopes`](crate::SecurityBuilder::scopes), and an endpoint
/// that names another scope in a string does not start either.
#[macro_export]
macro_rules! scopes {
    ($($(#[$meta:meta])* $vis:vis $name:ident = $text:literal;)+) => {
        $crate::__vocabulary!($crate::policy::Scope, "scope", $($(#[$meta])* $vis $name = $text;)+);
    };
}

/// Declares the roles of an application, once, as constants that `#[secure]` takes. See [`scopes!`](crate::scopes).
///
/// ```
/// mod roles {
///     secure_runtime::roles! {
///         /// Approves orders.
///         pub MANAGER = "manager";
///     }
/// }
///
/// #[secure_runtime::secure(get = "/approvals", role = roles::MANAGER)]
/// async fn list_approvals() {}
/// ```
#[macro_export]
macro_rules! roles {
    ($($(#[$meta:meta])* $vis:vis $name:ident = $text:literal;)+) => {
        $crate::__vocabulary!($crate::policy::Role, "role", $($(#[$meta])* $vis $name = $text;)+);
    };
}

/// Declares limits that endpoints share, once, as constants that `#[secure]` takes.
///
/// ```
/// mod limits {
///     secure_runtime::limits! {
///         /// All searches of a caller together.
///         pub SEARCH = "30/min";
///         /// What a tenant may export in a day.
///         pub EXPORT = rate("100/day", algorithm = "fixed_quota", per = "tenant");
///     }
/// }
///
/// #[secure_runtime::secure(get = "/orders", scope = "read:orders", rate = limits::SEARCH)]
/// async fn search_orders() {}
///
/// #[secure_runtime::secure(get = "/customers", scope = "read:customers", rate(limits::SEARCH, cost = 5))]
/// async fn search_customers() {}
/// ```
///
/// A limit is written as for the key `rate` of [`secure`](macro@crate::secure): `"30/min"`, or `rate("30/min", …)` with `burst`,
/// `cost`, `per` and `algorithm`. Each constant is a [`Rate`](crate::policy::Rate) whose name is that of the constant, `search`
/// or `full-text` for `FULL_TEXT`: all endpoints with a limit of that name draw from the same buckets. At an endpoint the limit
/// takes one option, `cost`; everything else is said here.
///
/// # Security
///
/// Two limits of the same name in different modules are one limit for whoever counts. Declare them in one place.
#[macro_export]
macro_rules! limits {
    ($($limits:tt)*) => {
        $crate::__limits!($crate; $($limits)*);
    };
}

/// What `scopes!` and `roles!` share.
#[doc(hidden)]
#[macro_export]
macro_rules! __vocabulary {
    ($ty:ty, $noun:literal, $($(#[$meta:meta])* $vis:vis $name:ident = $text:literal;)+) => {
        $( $(#[$meta])* $vis const $name: $ty = <$ty>::new($text); )+

        #[doc = ::core::concat!("Every ", $noun, " that is declared here.")]
        pub const ALL: &[$ty] = &[$($name),+];
    };
}
