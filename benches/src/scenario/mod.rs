//! What is measured: one endpoint that answers with a profile, by itself and behind a gate.
//!
//! Every scenario is asked alike, without sockets, and answers the same bytes; whoever adds one adds an [`App`].

mod bounded;
mod catalogue;
mod endpoints;
mod issuer;
mod ours;
mod plain;
mod requests;
mod stages;

pub use bounded::bounded;
pub use catalogue::{Group, Scenario, Spoilt, ours};
pub use issuer::{AUDIENCE, ISSUER, Issuer, KEY_ID, SCOPES, SECRET, Signing};
pub use ours::Ours;
pub use plain::plain;
pub use requests::{Callers, Requests, user};
pub use stages::Stage;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

/// What a handler answers.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Profile {
    user_id: String,
    name: &'static str,
    email: &'static str,
    plan: &'static str,
    created_at: &'static str,
}

impl Profile {
    /// That of this user.
    #[must_use]
    pub fn of(user_id: String) -> Self {
        Self {
            user_id,
            name: "Ada Lovelace",
            email: "ada.lovelace@example.com",
            plan: "enterprise",
            created_at: "2026-01-02T03:04:05Z",
        }
    }
}

/// The first of the routes; all others end alike.
pub const ROUTE: &str = "/e0/users/{user_id}/profile";

/// An application, and who asks it.
#[derive(Clone, Debug)]
pub struct App {
    router: Router,
    requests: Requests,
    expected: StatusCode,
}

impl App {
    /// One that answers everybody who asks.
    #[must_use]
    pub fn new(router: Router, requests: Requests) -> Self {
        Self {
            router,
            requests,
            expected: StatusCode::OK,
        }
    }

    /// axum without any security, with so many endpoints, asked the very same.
    #[must_use]
    pub fn plain_beside(&self, endpoints: u32) -> Self {
        plain(endpoints, self.requests.clone())
    }

    /// How many requests there are before the first comes again: so many warm all that can be warm.
    #[must_use]
    pub fn distinct(&self) -> u32 {
        self.requests.distinct()
    }

    /// What it is, for others to ask otherwise.
    pub fn router(&self) -> Router {
        self.router.clone()
    }

    /// The same, where everybody is answered with this status.
    #[must_use]
    pub fn expecting(mut self, expected: StatusCode) -> Self {
        self.expected = expected;
        self
    }

    /// Asks so often, one request after another, and reads each answer to its end: the bytes of all bodies.
    ///
    /// # Panics
    ///
    /// If an answer has another status than expected: what would be measured then is something else.
    pub async fn ask(&mut self, times: u32) -> usize {
        let mut bytes = 0;
        for _ in 0..times {
            let request = self.requests.next();
            bytes += answer(self.router.clone(), request, self.expected).await;
        }
        bytes
    }

    /// Makes as many requests as [`ask`](Self::ask) and drops them: what asking costs besides.
    pub fn only_make_requests(&mut self, times: u32) {
        for _ in 0..times {
            std::hint::black_box(self.requests.next());
        }
    }
}

async fn answer(router: Router, request: Request<Body>, expected: StatusCode) -> usize {
    let Ok(response) = router.oneshot(request).await;
    assert_eq!(
        response.status(),
        expected,
        "what is measured answers otherwise: {response:?}"
    );
    let body = response.into_body().collect().await;
    body.map_or(0, |body| body.to_bytes().len())
}
