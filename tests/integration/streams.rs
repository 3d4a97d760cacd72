//! Answers that come bit by bit, and the formats that a client takes.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use axum::Json;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::Request;
use futures_util::{Stream, StreamExt as _, stream};
use http_body_util::BodyExt as _;
use secure_runtime::testing::TestIssuer;
use secure_runtime::{Events, Lines, Problem, SecureRouter, Security, output, secure};
use tower::ServiceExt as _;

use crate::support::{get, router, send};

#[output(owner = "user")]
struct Reading {
    #[expose]
    value: u32,
    #[expose(scope = "admin:readings")]
    place: &'static str,
    #[expose(owner)]
    note: &'static str,
    #[expose(never)]
    user: String,
}

fn reading(value: u32) -> Reading {
    Reading {
        value,
        place: "cellar",
        note: "line\nbreak",
        user: if value == 1 { "alice" } else { "bob" }.to_owned(),
    }
}

type Item = Result<Reading, Problem>;

/// Two readings, and then, on demand, a failure with something behind it that nobody may see.
fn readings(fails: bool) -> impl Stream<Item = Item> + Send + 'static {
    let failure = fails.then(|| Err(Problem::internal("the secret cause")));
    let behind = failure.iter().map(|_| Ok(reading(99))).collect::<Vec<_>>();
    stream::iter(
        [Ok(reading(1)), Ok(reading(2))]
            .into_iter()
            .chain(failure)
            .chain(behind),
    )
}

#[secure(get = "/lines", authenticated)]
async fn lines() -> Lines<impl Stream<Item = Item>> {
    Lines(readings(false))
}

#[secure(get = "/broken-lines", authenticated)]
async fn broken_lines() -> Result<Lines<impl Stream<Item = Item>>, Problem> {
    Ok(Lines(readings(true)))
}

#[secure(get = "/events", authenticated)]
async fn events() -> Events<impl Stream<Item = Item>> {
    Events(readings(false))
}

#[secure(get = "/broken-events", authenticated)]
async fn broken_events() -> Events<impl Stream<Item = Item>> {
    Events(readings(true))
}

#[secure(get = "/endless", authenticated)]
async fn endless() -> Lines<impl Stream<Item = Item>> {
    Lines(readings(false).chain(stream::pending()))
}

#[secure(get = "/endless-for-anybody", optional)]
async fn endless_for_anybody() -> Lines<impl Stream<Item = Item>> {
    Lines(readings(false).chain(stream::pending()))
}

#[derive(Clone)]
struct Entered(&'static AtomicBool);

#[secure(post = "/effects", authenticated)]
async fn effects(State(entered): State<Entered>) -> Result<Json<Reading>, Problem> {
    entered.0.store(true, Ordering::SeqCst);
    Ok(Json(reading(1)))
}

static ENTERED: AtomicBool = AtomicBool::new(false);

fn app(issuer: &TestIssuer) -> Router {
    let app = SecureRouter::new(Security::builder(issuer.jwt()))
        .mount((
            lines,
            broken_lines,
            events,
            broken_events,
            endless,
            endless_for_anybody,
            effects,
        ))
        .with_state(Entered(&ENTERED))
        .build();
    router(app.unwrap())
}

fn bearer(issuer: &TestIssuer, scope: &str) -> String {
    format!("Bearer {}", issuer.token("alice").scope(scope).sign())
}

/// The body's frames, and whether it came to its proper end.
async fn body(app: &Router, request: Request<Body>) -> (String, bool) {
    let response = app.clone().oneshot(request).await.unwrap();
    assert_eq!(response.status(), 200);
    let mut body = response.into_body();
    let mut text = String::new();
    while let Some(frame) = body.frame().await {
        match frame {
            Ok(frame) => text.push_str(std::str::from_utf8(&frame.into_data().unwrap()).unwrap()),
            Err(_) => return (text, false),
        }
    }
    (text, true)
}

#[tokio::test]
async fn z4_each_line_shows_what_the_caller_may_see() {
    let issuer = TestIssuer::default();
    let app = app(&issuer);
    let seen = |scope: &str| {
        let (app, authorization) = (app.clone(), bearer(&issuer, scope));
        async move { body(&app, get("/lines", &[("authorization", &authorization)])).await }
    };
    let own = "{\"value\":1,\"note\":\"line\\nbreak\"}\n{\"value\":2}\n";
    assert_eq!(seen("other").await, (own.to_owned(), true));
    let all = "{\"value\":1,\"place\":\"cellar\",\"note\":\"line\\nbreak\"}\n{\"value\":2,\"place\":\"cellar\"}\n";
    assert_eq!(seen("admin:readings").await, (all.to_owned(), true));
}

#[tokio::test]
async fn z4_each_event_shows_what_the_caller_may_see() {
    let issuer = TestIssuer::default();
    let authorization = bearer(&issuer, "other");
    let answer = send(&app(&issuer), get("/events", &[("authorization", &authorization)])).await;
    assert_eq!(answer.header("content-type"), Some("text/event-stream"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let expected = "data: {\"value\":1,\"note\":\"line\\nbreak\"}\n\ndata: {\"value\":2}\n\n";
    assert_eq!(String::from_utf8(answer.body).unwrap(), expected);
}

/// E3: a failure half-way says that there was one, and nothing of its cause; nothing follows it.
#[tokio::test]
async fn e3_a_stream_that_breaks_off_says_so() {
    let issuer = TestIssuer::default();
    let authorization = bearer(&issuer, "other");
    let app = app(&issuer);
    let (text, ended) = body(&app, get("/broken-lines", &[("authorization", &authorization)])).await;
    assert!(!ended && text.ends_with("{\"value\":2}\n"), "{text}");
    let (text, ended) = body(&app, get("/broken-events", &[("authorization", &authorization)])).await;
    let last = text.trim_end().rsplit("\n\n").next().unwrap();
    let problem = last.lines().find_map(|line| line.strip_prefix("data: ")).unwrap();
    let problem: serde_json::Value = serde_json::from_str(problem).unwrap();
    assert_eq!((problem["status"].as_u64(), ended), (Some(500), true), "{text}");
    assert!(last.lines().any(|line| line == "event: problem"), "{text}");
    assert!(!text.contains("secret") && !text.contains("99"), "{text}");
}

/// What a token no longer opens, a stream that it opened no longer shows.
#[tokio::test]
async fn j11_a_stream_ends_with_the_credential() {
    let issuer = TestIssuer::default();
    let app = app(&issuer);
    let token = issuer.token("alice").expires_in(2).sign();
    let started = Instant::now();
    let (text, ended) = body(&app, get("/endless", &[("authorization", &format!("Bearer {token}"))])).await;
    assert!(ended && text.lines().count() == 2, "{text}");
    assert!(
        (1..10).contains(&started.elapsed().as_secs()),
        "{:?}",
        started.elapsed()
    );
    // Where nobody asks for a credential, none expires.
    let forever = body(&app, get("/endless-for-anybody", &[]));
    assert!(tokio::time::timeout(Duration::from_secs(3), forever).await.is_err());
}

/// B2: a client that takes another format is told so before the handler does anything.
#[tokio::test]
async fn b2_an_unmet_accept_is_406_and_nothing_happens() {
    let issuer = TestIssuer::default();
    let app = app(&issuer);
    let authorization = bearer(&issuer, "other");
    let ask = |method: &str, path: &str, accept: &str| {
        let headers = [("authorization", authorization.as_str()), ("accept", accept)];
        crate::support::request(method, path, &headers, Body::empty())
    };
    for accept in [
        "text/html",
        "application/json;q=0",
        "text/event-stream, application/x-ndjson",
    ] {
        let answer = send(&app, ask("POST", "/effects", accept)).await;
        answer.assert_problem(406);
        assert!(!ENTERED.load(Ordering::SeqCst), "{accept}");
    }
    for (path, other) in [("/lines", "application/json"), ("/events", "application/x-ndjson")] {
        send(&app, ask("GET", path, other)).await.assert_problem(406);
    }
    for accept in ["*/*", "application/*;q=0.1", "text/html, application/json"] {
        assert_eq!(
            send(&app, ask("POST", "/effects", accept)).await.status,
            200,
            "{accept}"
        );
    }
    assert!(ENTERED.load(Ordering::SeqCst));
}
