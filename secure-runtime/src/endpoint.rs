//! What the macro implements, and what it becomes once a [`Security`](crate::Security) is attached.

use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::Body;
use axum::handler::Handler;
use axum::http::Request;
use axum::response::Response;
use secure_policy::Policy;

use crate::describe::Description;
use crate::gate::{Admission, Responding};
use crate::mounted::Mounted;

/// An endpoint and its policy. `#[secure]` implements it; there is no other way meant.
///
/// Its type has no values. What routers take, and what stands under the handler's name, is its [`EndpointOf`].
pub trait Endpoint: Send + Sync + 'static {
    /// Its whole security.
    const POLICY: &'static Policy;

    /// Adds what its arguments take and its answer shows.
    fn describe(description: &mut Description);
}

/// An endpoint as a value: what `#[secure]` leaves under the handler's name.
///
/// What all endpoints have in common is written down for this type once, so that the compiler need not read it again for
/// each of them.
pub struct EndpointOf<E>(PhantomData<fn() -> E>);

impl<E> EndpointOf<E> {
    /// The endpoint.
    pub const VALUE: Self = Self(PhantomData);
}

impl<E> Clone for EndpointOf<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> Copy for EndpointOf<E> {}

impl<E: Endpoint> std::fmt::Debug for EndpointOf<E> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("EndpointOf").field(&E::POLICY.endpoint).finish()
    }
}

impl<E: Endpoint> Endpoint for EndpointOf<E> {
    const POLICY: &'static Policy = E::POLICY;

    fn describe(description: &mut Description) {
        E::describe(description);
    }
}

impl<E: NeedsCaller> NeedsCaller for EndpointOf<E> {}

impl<S, E: SecureEndpoint<S>> SecureEndpoint<S> for EndpointOf<E> {
    fn call(admission: Admission, state: S) -> Responding {
        E::call(admission, state)
    }
}

/// Makes `axum::routing::get(endpoint)` say what is missing. It cannot be called: nothing implements what it asks of the
/// state.
impl<E: 'static, S: Unattached<E>> Handler<Guarded, S> for EndpointOf<E> {
    type Future = NeverCalled;

    fn call(self, _: Request<Body>, state: S) -> NeverCalled {
        state.never()
    }
}

/// An endpoint that lets in nobody without a credential. `#[secure]` implements it for every access rule but `public` and
/// `optional`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` lets in callers without a credential, and these routes demand a caller",
    label = "this would loosen what the routes demand",
    note = "help: give it an access rule that needs a caller, such as `authenticated`, or mount it outside these routes",
    note = "see [S026] in the book's error index"
)]
pub trait NeedsCaller: Endpoint {}

/// What an axum router would have to be for an endpoint without a [`Security`](crate::Security): nothing is, so this has no
/// implementation. It exists for its message.
#[diagnostic::on_unimplemented(
    message = "the endpoint `{E}` has no `Security` attached, so it is no axum handler",
    label = "nothing would guard this route",
    note = "help: write `security.protect({E})` here, or mount it on a `SecureRouter`",
    note = "see [S017] in the book's error index"
)]
pub trait Unattached<E> {
    /// Never called.
    fn never(self) -> NeverCalled;
}

/// The answer of an endpoint without a [`Security`](crate::Security): there is none.
#[derive(Debug)]
pub enum NeverCalled {}

impl Future for NeverCalled {
    type Output = Response;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Response> {
        match *self {}
    }
}

/// An endpoint that can be called where the application's state is `S`. `#[secure]` implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a secured endpoint for the state `{S}`",
    label = "not a secured endpoint",
    note = "help: write `#[secure(…)]` above the handler, as in `#[secure(get = \"/orders\", scope = \"read:orders\")]`",
    note = "help: if it has the attribute, one of its arguments needs a state other than `{S}`",
    note = "see [S016] in the book's error index"
)]
pub trait SecureEndpoint<S>: Endpoint {
    /// Leads a request through the stages of the gate to the handler.
    fn call(admission: Admission, state: S) -> Responding;
}

/// An endpoint with its security attached: an axum handler. See [`Security::protect`](crate::Security::protect).
pub struct Protected<E> {
    mounted: Arc<Mounted>,
    endpoint: PhantomData<fn() -> E>,
}

impl<E: Endpoint> Protected<E> {
    pub(crate) fn of(_: E, mounted: Mounted) -> Self {
        Self {
            mounted: Arc::new(mounted),
            endpoint: PhantomData,
        }
    }
}

impl<E> Clone for Protected<E> {
    fn clone(&self) -> Self {
        Self {
            mounted: Arc::clone(&self.mounted),
            endpoint: PhantomData,
        }
    }
}

impl<E: Endpoint> std::fmt::Debug for Protected<E> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Protected").field(&self.mounted.policy.endpoint).finish()
    }
}

/// Tells our handlers from axum's own in [`Handler`]'s first parameter.
#[derive(Clone, Copy, Debug)]
pub struct Guarded;

impl<E, S> Handler<Guarded, S> for Protected<E>
where
    E: SecureEndpoint<S>,
    S: Send + Sync + 'static,
{
    type Future = Responding;

    fn call(self, request: Request<Body>, state: S) -> Responding {
        let mounted = self.mounted;
        E::call(Admission { mounted, request }, state)
    }
}

/// [`SecureEndpoint::call`] of some endpoint.
pub(crate) type Call<S> = fn(Admission, S) -> Responding;

/// A [`Protected`] whose type says nothing of the endpoint, so that axum's routing is compiled once for all of them.
pub(crate) struct Erased<S> {
    mounted: Arc<Mounted>,
    call: Call<S>,
}

impl<S> Erased<S> {
    pub(crate) fn new(mounted: Mounted, call: Call<S>) -> Self {
        let mounted = Arc::new(mounted);
        Self { mounted, call }
    }
}

impl<S> Clone for Erased<S> {
    fn clone(&self) -> Self {
        Self {
            mounted: Arc::clone(&self.mounted),
            call: self.call,
        }
    }
}

impl<S: Send + Sync + 'static> Handler<Guarded, S> for Erased<S> {
    type Future = Responding;

    fn call(self, request: Request<Body>, state: S) -> Responding {
        let mounted = self.mounted;
        (self.call)(Admission { mounted, request }, state)
    }
}
