use secure_policy::Method;

use super::entry::Entry;
use crate::endpoint::SecureEndpoint;

/// Endpoints of one path, by method. See [`Routes::route`](super::Routes::route).
#[must_use = "it is no route before it is given to a router"]
pub struct EndpointMethods<S> {
    make: Vec<MakeEntry<S>>,
}

/// An endpoint that waits for its path.
type MakeEntry<S> = Box<dyn FnOnce(&str) -> Entry<S> + Send>;

/// What a route takes: secured endpoints by method, and nothing of axum's.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no set of secured endpoints",
    label = "a route takes secured endpoints only",
    note = "help: write `secure_runtime::get(…)` in place of `axum::routing::get(…)`, around an endpoint with `#[secure(…)]`",
    note = "help: routes that need no security go through `.unsecured(\"why\", router)`",
    note = "see [S016] in the book's error index"
)]
pub trait IntoEndpointMethods<S> {
    /// The endpoints.
    fn into_endpoint_methods(self) -> EndpointMethods<S>;
}

impl<S> IntoEndpointMethods<S> for EndpointMethods<S> {
    fn into_endpoint_methods(self) -> Self {
        self
    }
}

impl<S: Clone + Send + Sync + 'static> EndpointMethods<S> {
    fn with<E: SecureEndpoint<S>>(mut self, method: Method, endpoint: E) -> Self {
        self.make.push(Box::new(move |path| Entry::at(endpoint, method, path)));
        self
    }

    pub(super) fn at(self, path: &str) -> impl Iterator<Item = Entry<S>> {
        self.make.into_iter().map(move |make| make(path))
    }
}

impl<S> std::fmt::Debug for EndpointMethods<S> {
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
            pub fn $name<S: Clone + Send + Sync + 'static, E: SecureEndpoint<S>>(endpoint: E) -> EndpointMethods<S> {
                EndpointMethods { make: Vec::new() }.with(Method::$method, endpoint)
            }
        )*

        impl<S: Clone + Send + Sync + 'static> EndpointMethods<S> {
            $(
                #[doc = concat!("Answers ", $wire, " with this endpoint, too.")]
                pub fn $name<E: SecureEndpoint<S>>(self, endpoint: E) -> Self {
                    self.with(Method::$method, endpoint)
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
