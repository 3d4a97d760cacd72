use super::Routes;
use super::entry::Entry;
use crate::endpoint::{Endpoint, SecureEndpoint};

/// What a router takes: an endpoint with `#[secure(…)]`, or a tuple of up to sixteen, which may be tuples themselves.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a secured endpoint",
    label = "a router takes secured endpoints only",
    note = "help: write `#[secure(…)]` above the handler, as in `#[secure(get = \"/orders\", scope = \"read:orders\")]`",
    note = "help: routes that need no security go through `.unsecured(\"why\", router)`",
    note = "see [S016] in the book's error index"
)]
pub trait Mount<S> {
    /// Adds itself to the routes.
    fn mount_on(self, routes: &mut Routes<S>);
}

// `Endpoint` has no parameter, so nobody else can implement it for a tuple, and the tuples below do not overlap with this.
impl<S: Clone + Send + Sync + 'static, E: Endpoint + SecureEndpoint<S>> Mount<S> for E {
    fn mount_on(self, routes: &mut Routes<S>) {
        routes.add(Entry::of(self));
    }
}

macro_rules! tuples {
    ($(($($part:ident)+))+) => { $(
        impl<S, $($part: Mount<S>),+> Mount<S> for ($($part,)+) {
            #[allow(non_snake_case, reason = "a variable for each type, of the same name")]
            fn mount_on(self, routes: &mut Routes<S>) {
                let ($($part,)+) = self;
                $($part.mount_on(routes);)+
            }
        }
    )+ };
}

tuples! {
    (A) (A B) (A B C) (A B C D) (A B C D E) (A B C D E F) (A B C D E F G) (A B C D E F G H)
    (A B C D E F G H I) (A B C D E F G H I J) (A B C D E F G H I J K) (A B C D E F G H I J K L)
    (A B C D E F G H I J K L M) (A B C D E F G H I J K L M N) (A B C D E F G H I J K L M N O)
    (A B C D E F G H I J K L M N O P)
}

/// What a router merges and nests: routes of secured endpoints, and nothing of axum's.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has routes that nothing guards",
    label = "these are no `Routes` of secured endpoints",
    note = "help: write `.unsecured(\"why\", router)` if they need no security",
    note = "help: collect secured endpoints in `secure_runtime::Routes`, which demands can tighten",
    note = "see [S016] in the book's error index"
)]
pub trait IntoRoutes<S> {
    /// The routes.
    fn into_routes(self) -> Routes<S>;
}

impl<S> IntoRoutes<S> for Routes<S> {
    fn into_routes(self) -> Self {
        self
    }
}
