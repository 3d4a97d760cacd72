//! The same endpoint with fewer checks: what each stage costs is the difference to the one before.

use axum::Json;
use axum::extract::Path;
use secure_runtime::{SecureRouter, secure};

use super::endpoints::Shown;
use super::{App, Callers, Issuer, Ours, Profile, ROUTE, Requests};

/// Which checks are made; each has those before it as well. There is no endpoint without a limit and a cap on the body: those that state
/// none have the application's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// None: the gate by itself, with its metric and its audit event.
    Public,
    /// A good token.
    Authenticated,
    /// And a scope.
    Scope,
    /// And the caller's own path.
    Owner,
    /// And a limit and a cap on the body of its own, which makes the whole.
    Whole,
    /// And a second limit, by address.
    SecondLimit,
}

impl Stage {
    /// All of them, in order.
    pub const ALL: [Self; 6] = [
        Self::Public,
        Self::Authenticated,
        Self::Scope,
        Self::Owner,
        Self::Whole,
        Self::SecondLimit,
    ];

    /// As a table has it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Authenticated => "authenticated",
            Self::Scope => "+ scope",
            Self::Owner => "+ owner",
            Self::Whole => "+ rate, max_body",
            Self::SecondLimit => "+ second rate",
        }
    }

    /// The application with these checks, asked by one caller whose token was seen before.
    #[must_use]
    pub fn app(self, issuer: &Issuer) -> App {
        let router = Ours::cached(issuer).secured(|router| self.mount(router));
        let requests = Requests::of(Callers::default(), |user| issuer.token(user));
        App::new(router, requests)
    }

    fn mount(self, router: SecureRouter) -> SecureRouter {
        use secure_runtime::get;
        match self {
            Self::Public => router.route(ROUTE, get(public)),
            Self::Authenticated => router.route(ROUTE, get(authenticated)),
            Self::Scope => router.route(ROUTE, get(scope)),
            Self::Owner => router.route(ROUTE, get(owner)),
            Self::Whole => router.route(ROUTE, get(whole)),
            Self::SecondLimit => router.route(ROUTE, get(second_limit)),
        }
    }
}

fn shown(user_id: String) -> Json<Shown> {
    Json(Profile::of(user_id).into())
}

#[secure(public = "what the gate costs by itself", shared = "user_id")]
async fn public(Path(user_id): Path<String>) -> Json<Shown> {
    shown(user_id)
}

#[secure(authenticated, shared = "user_id")]
async fn authenticated(Path(user_id): Path<String>) -> Json<Shown> {
    shown(user_id)
}

#[secure(scope = "read:profile", shared = "user_id")]
async fn scope(Path(user_id): Path<String>) -> Json<Shown> {
    shown(user_id)
}

#[secure(scope = "read:profile", owner = "user_id")]
async fn owner(Path(user_id): Path<String>) -> Json<Shown> {
    shown(user_id)
}

#[secure(
    scope = "read:profile",
    owner = "user_id",
    rate("1000000/s", burst = 1000),
    max_body = "1MiB"
)]
async fn whole(Path(user_id): Path<String>) -> Json<Shown> {
    shown(user_id)
}

#[secure(
    scope = "read:profile",
    owner = "user_id",
    rate("1000000/s", burst = 1000),
    rate("1000000/s", burst = 1000, per = "ip"),
    max_body = "1MiB"
)]
async fn second_limit(Path(user_id): Path<String>) -> Json<Shown> {
    shown(user_id)
}
