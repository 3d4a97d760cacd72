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
