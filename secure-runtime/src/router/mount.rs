use std::marker::PhantomData;

use super::Routes;
use super::entry::Listed;
use crate::endpoint::{EndpointOf, NeedsCaller, SecureEndpoint};

/// Routes that may hold endpoints for anybody. See [`Routes`].
#[derive(Debug)]
pub enum Anyone {}

/// Routes that hold only endpoints that need a caller. See [`Routes::for_callers`].
#[derive(Debug)]
pub enum Callers {}

/// What routes take, by whom they are for: a secured endpoint.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a secured endpoint",
    label = "a router takes secured endpoints only",
    note = "help: write `#[secure(…)]` above the handler, as in `#[secure(get = \"/orders\", scope = \"read:orders\")]`",
    note = "help: routes that need no security go through `.unsecured(\"why\", router)`",
    note = "help: `Routes::for_callers()` take no `public` or `optional` endpoint: give it `authenticated`, or mount it elsewhere",
    note = "see [S016] and [S026] in the book's error index"
)]
pub trait Secured<S, K>: SecureEndpoint<S> {}

impl<S, E: SecureEndpoint<S>> Secured<S, Anyone> for E {}
impl<S, E: SecureEndpoint<S> + NeedsCaller> Secured<S, Callers> for E {}

/// What a router mounts: an endpoint with `#[secure(…)]`, or a tuple of up to sixteen, which may be tuples themselves.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a secured endpoint",
    label = "a router takes secured endpoints only",
    note = "help: write `#[secure(…)]` above the handler, as in `#[secure(get = \"/orders\", scope = \"read:orders\")]`",
    note = "help: routes that need no security go through `.unsecured(\"why\", router)`",
    note = "help: `Routes::for_callers()` take no `public` or `optional` endpoint: give it `authenticated`, or mount it elsewhere",
    note = "see [S016] and [S026] in the book's error index"
)]
pub trait Mount<S, K> {
    /// Adds itself to the routes.
    fn mount_on(self, routes: &mut Routes<S, K>);
}

impl<S: Clone + Send + Sync + 'static, K, E: Secured<S, K>> Mount<S, K> for EndpointOf<E> {
    fn mount_on(self, routes: &mut Routes<S, K>) {
        routes.add(Listed::of::<E>());
    }
}

macro_rules! tuples {
    ($(($($part:ident)+))+) => { $(
        impl<S, K, $($part: Mount<S, K>),+> Mount<S, K> for ($($part,)+) {
            #[allow(non_snake_case, reason = "a variable for each type, of the same name")]
            fn mount_on(self, routes: &mut Routes<S, K>) {
                let ($($part,)+) = self;
                $($part.mount_on(routes);)+
            }
        }
    )+ };
}

tuples! {
    (A) (A B) (A B C) (A B C D) (A B C D E) (A B C D E F) (A B C D E F G) (A B C D E F G H)
    (A B C D E F G H I) (A B C D E F G H I J) (A B C D E F G H I J L) (A B C D E F G H I J L M)
    (A B C D E F G H I J L M N) (A B C D E F G H I J L M N O) (A B C D E F G H I J L M N O P)
    (A B C D E F G H I J L M N O P Q)
}

/// What a router merges and nests: routes of secured endpoints, for the same callers or fewer, and nothing of axum's.
#[diagnostic::on_unimplemented(
    message = "`{Self}` may have routes that nothing guards",
    label = "these are no `Routes` of secured endpoints for the same callers",
    note = "help: write `.unsecured(\"why\", router)` if they need no security",
    note = "help: collect secured endpoints in `secure_runtime::Routes`; below routes that demand a caller, in `Routes::for_callers()`",
    note = "see [S016] and [S026] in the book's error index"
)]
pub trait IntoRoutes<S, K> {
    /// The routes.
    fn into_routes(self) -> Routes<S, K>;
}

impl<S, K> IntoRoutes<S, Anyone> for Routes<S, K> {
    fn into_routes(self) -> Routes<S, Anyone> {
        Routes {
            entries: self.entries,
            plain: self.plain,
            faults: self.faults,
            demands: self.demands,
            whom: PhantomData,
        }
    }
}

impl<S> IntoRoutes<S, Callers> for Routes<S, Callers> {
    fn into_routes(self) -> Self {
        self
    }
}
