use std::marker::PhantomData;

use secure_policy::Method;

use super::entry::{Entry, Listed};
use super::mount::Secured;

/// Endpoints of one path, by method. See [`Routes::route`](super::Routes::route).
#[must_use = "it is no route before it is given to a router"]
pub struct EndpointMethods<S, K> {
    make: Vec<MakeEntry<S>>,
    whom: PhantomData<K>,
}

/// An endpoint that waits for its path.
type MakeEntry<S> = Box<dyn FnOnce(&str) -> Entry<S> + Send>;

/// What a route takes: secured endpoints by method, and nothing of axum's.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no set of secured endpoints",
    label = "a route takes secured endpoints only",
    note = "help: write `secure_runtime::get(…)` in place of `axum::routing::get(…)`, around an endpoint with `#[secure(…)]`",
    note = "help: routes that need no security go through `.unsecured(\"why\", router)`",
    note = "help: `Routes::for_callers()` take no `public` or `optional` endpoint: give it `authenticated`, or mount it elsewhere",
    note = "see [S016] and [S026] in the book's error index"
)]
pub trait IntoEndpointMethods<S, K> {
    /// The endpoints.
    fn into_endpoint_methods(self) -> EndpointMethods<S, K>;
}

impl<S, K> IntoEndpointMethods<S, K> for EndpointMethods<S, K> {
    fn into_endpoint_methods(self) -> Self {
        self
    }
}

impl<S: Clone + Send + Sync + 'static, K> EndpointMethods<S, K> {
    fn with(mut self, method: Method, endpoint: Listed<S>) -> Self {
        self.make.push(Box::new(move |path| Entry::at(endpoint, method, path)));
        self
    }

    pub(super) fn at(self, path: &str) -> impl Iterator<Item = Entry<S>> {
        self.make.into_iter().map(move |make| make(path))
    }
}

impl<S, K> std::fmt::Debug for EndpointMethods<S, K> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EndpointMethods")
            .field("count", &self.make.len())
            .finish()
    }
}

macro_rules! methods {
    ($($name:ident $method:ident $wire:literal)*) => {
        $(
            #[doc = concat!("Answers ", $wire, " with this endpoint.")]
            pub fn $name<S: Clone + Send + Sync + 'static, K, E: Secured<S, K>>(endpoint: E) -> EndpointMethods<S, K> {
                EndpointMethods { make: Vec::new(), whom: PhantomData }.with(Method::$method, Listed::of_value(endpoint))
            }
        )*

        impl<S: Clone + Send + Sync + 'static, K> EndpointMethods<S, K> {
            $(
                #[doc = concat!("Answers ", $wire, " with this endpoint, too.")]
                pub fn $name<E: Secured<S, K>>(self, endpoint: E) -> Self {
                    self.with(Method::$method, Listed::of_value(endpoint))
                }
            )*
        }
    };
}

methods! {
    get Get "GET and HEAD"
    post Post "POST"
    put Put "PUT"
    patch Patch "PATCH"
    delete Delete "DELETE"
}
