//! Computed costs, observed from outside: when they are computed, from what, and what they cannot do.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Json;
use axum::body::Body;
use axum::extract::{FromRequestParts, Path, Query};
use axum::http::StatusCode;
use axum::http::request::Parts;
use secure_runtime::testing::TestIssuer;
use secure_runtime::{Clock, SecureRouter, Security, TrustedParts, input, secure};

use crate::support::{request, router, send};

/// What was computed, in order.
#[derive(Clone, Default)]
struct Trace(Arc<Mutex<Vec<String>>>);

impl TrustedParts for Trace {}

impl<S: Send + Sync> FromRequestParts<S> for Trace {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, StatusCode> {
        let trace = parts.extensions.get::<Self>().cloned();
        trace.ok_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl Trace {
    fn add(&self, what: &str) {
        self.0.lock().unwrap().push(what.to_owned());
    }

    fn holds(&self, what: &str, holds: bool) -> bool {
        self.add(what);
        holds
    }

    fn cost(&self, what: &str, units: u32) -> u32 {
        self.add(&format!("{what} {units}"));
        assert!(units < 1000, "a cost may panic");
        units
    }
}

#[input]
struct Page {
    size: u32,
}

#[input]
struct Order {
    amount: u32,
}

#[secure(
    post = "/users/{user_id}/orders",
    authenticated,
    owner = "user_id",
    when = trace.holds("condition", page.size < 500),
    rate("100000/min", cost = trace.cost("late", order.amount)),
    rate("100001/min", cost = 5),
    rate("100002/min", cost = trace.cost("early", page.size)),
    rate("100003/min", cost = trace.cost("caller", u32::try_from(caller.subject().len()).unwrap_or(0))),
)]
async fn create_order(
    Path(user_id): Path<String>,
    trace: Trace,
    Query(page): Query<Page>,
    Json(order): Json<Order>,
) -> StatusCode {
    trace.add("handler");
    assert!(user_id == "alice" && page.size < 500 && order.amount < 1000);
    StatusCode::CREATED
}

#[secure(get = "/anybody", optional, rate("10/s", cost = trace.cost("anybody", if caller.is_some() { 1 } else { 10 })))]
async fn for_anybody(trace: Trace) {
    trace.add("handler");
}

async fn call(method: &str, path: &str, body: &str, caller: Option<&str>) -> (u16, Vec<String>) {
    let issuer = TestIssuer::default();
    let app = SecureRouter::<()>::new(Security::builder(issuer.jwt())).mount((create_order, for_anybody));
    let mut headers = vec![("content-type", "application/json")];
    let token = caller.map(|caller| format!("Bearer {}", issuer.token(caller).sign()));
    headers.extend(token.as_deref().map(|token| ("authorization", token)));
    let mut request = request(method, path, &headers, body.to_owned());
    let trace = Trace::default();
    request.extensions_mut().insert(trace.clone());
    let status = send(&router(app.build().unwrap()), request).await.status;
    let seen = trace.0.lock().unwrap().clone();
    (status.as_u16(), seen)
}

async fn order(path: &str, body: &str) -> (u16, Vec<String>) {
    call("POST", path, body, Some("alice")).await
}

#[tokio::test(flavor = "current_thread")]
async fn costs_are_computed_after_the_checks_of_their_phase() {
    let (status, seen) = order("/users/alice/orders?size=20", r#"{"amount": 7}"#).await;
    assert_eq!(status, 201);
    assert_eq!(seen, ["condition", "early 20", "caller 5", "late 7", "handler"]);
}

#[tokio::test(flavor = "current_thread")]
async fn a_refused_request_costs_nothing_more() {
    // Somebody else's, a condition that does not hold, a body that cannot be read, and no caller.
    let (status, seen) = order("/users/bob/orders?size=20", r#"{"amount": 7}"#).await;
    assert_eq!((status, seen.len()), (403, 0), "{seen:?}");
    let (status, seen) = order("/users/alice/orders?size=500", r#"{"amount": 7}"#).await;
    assert_eq!((status, seen), (403, vec!["condition".to_owned()]));
    let (status, seen) = order("/users/alice/orders?size=20", r#"{"amount": "#).await;
    assert_eq!(status, 400);
    assert_eq!(seen, ["condition", "early 20", "caller 5"]);
    let (status, seen) = call("POST", "/users/alice/orders?size=20", "{}", None).await;
    assert_eq!((status, seen.len()), (401, 0), "{seen:?}");
}

#[tokio::test(flavor = "current_thread")]
async fn a_cost_that_panics_refuses() {
    let (status, seen) = order("/users/alice/orders?size=20", r#"{"amount": 1000}"#).await;
    assert_eq!(status, 500);
    assert_eq!(seen, ["condition", "early 20", "caller 5", "late 1000"]);
}

#[tokio::test(flavor = "current_thread")]
async fn a_cost_knows_whether_there_is_a_caller() {
    let (status, seen) = call("GET", "/anybody", "", None).await;
    assert_eq!((status, seen.join(", ")), (200, "anybody 10, handler".to_owned()));
    let (status, seen) = call("GET", "/anybody", "", Some("alice")).await;
    assert_eq!((status, seen.join(", ")), (200, "anybody 1, handler".to_owned()));
}

#[secure(post = "/imports", authenticated, rate("10/s", cost = order.amount))]
async fn import(Json(order): Json<Order>) -> StatusCode {
    let _ = order;
    StatusCode::NO_CONTENT
}

/// While one body comes slowly, the caller's next request is counted at a later time. What the first one costs is counted after that, and
/// not as if the bucket had never been refilled.
#[tokio::test]
async fn l2_what_a_slow_body_costs_is_counted_when_it_is_there() {
    let clock = Clock::held_at(1_790_000_000);
    let issuer = TestIssuer::default().clock(clock.clone());
    let security = Security::builder(issuer.jwt()).clock(clock.clone());
    let app = router(SecureRouter::new(security).mount(import).build().unwrap());
    let bearer = format!("Bearer {}", issuer.token("alice").sign());
    let post = |body: Body| {
        let headers = [("authorization", &*bearer), ("content-type", "application/json")];
        request("POST", "/imports", &headers, body)
    };
    let slow = {
        let (app, next) = (app.clone(), post(Body::from(r#"{"amount":5}"#)));
        Body::from_stream(futures_util::stream::once(async move {
            clock.advance(Duration::from_secs(10));
            assert_eq!(send(&app, next).await.status, 204);
            Ok::<_, std::convert::Infallible>(r#"{"amount":5}"#)
        }))
    };
    assert_eq!(send(&app, post(slow)).await.status, 204);
    let ask = |amount: u32| post(Body::from(format!(r#"{{"amount":{amount}}}"#)));
    send(&app, ask(2)).await.assert_problem(429);
}
