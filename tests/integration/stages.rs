//! The order of the stages, observed from outside: what was touched when a request is refused?

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use axum::Json;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::http::{Request, StatusCode};
use hyper::body::Frame;
use secure_runtime::testing::TestIssuer;
use secure_runtime::{SecureRouter, Security, TrustedParts, input, secure};

use crate::support::{router, send};

/// What a request has set in motion.
#[derive(Default)]
struct Observed {
    parts: AtomicBool,
    body: AtomicBool,
    condition: AtomicBool,
    handler: AtomicBool,
}

impl Observed {
    fn list(&self) -> Vec<&'static str> {
        let all = [
            ("parts", &self.parts),
            ("body", &self.body),
            ("condition", &self.condition),
            ("handler", &self.handler),
        ];
        let seen = all.into_iter().filter(|(_, flag)| flag.load(Ordering::SeqCst));
        seen.map(|(name, _)| name).collect()
    }
}

/// An extractor that leaves a trace, as one that asks a store would.
#[derive(Clone)]
struct Probe(Arc<Observed>);

impl TrustedParts for Probe {}

impl<S: Send + Sync> FromRequestParts<S> for Probe {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, StatusCode> {
        let probe = parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or(StatusCode::INTERNAL_SERVER_ERROR)?;
        probe.0.parts.store(true, Ordering::SeqCst);
        Ok(probe)
    }
}

impl Probe {
    fn condition(&self, holds: bool) -> bool {
        self.0.condition.store(true, Ordering::SeqCst);
        holds
    }
}

/// A body that leaves a trace when its first byte is asked for.
struct TracedBody(Arc<Observed>, Option<Bytes>);

impl HttpBody for TracedBody {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        self.0.body.store(true, Ordering::SeqCst);
        Poll::Ready(self.1.take().map(|bytes| Ok(Frame::data(bytes))))
    }
}

#[input]
struct Thing {
    #[input(range(min = 1))]
    amount: u32,
}

/// Every stage has something to refuse here.
#[secure(
    post = "/users/{user_id}/things",
    scope = "write:things",
    role = "writer",
    owner = "user_id",
    when = probe.condition(request.amount < 100),
    rate = "20/min",
    max_body = "32B"
)]
async fn create_thing(Path(user_id): Path<String>, probe: Probe, Json(request): Json<Thing>) -> StatusCode {
    assert_eq!(user_id, "alice");
    assert!(request.amount < 100);
    probe.0.handler.store(true, Ordering::SeqCst);
    StatusCode::CREATED
}

/// What it is, the token, the content type, the body, what the length is said to be, the status, what was touched.
type Row<'t> = (
    &'t str,
    Option<&'t str>,
    &'t str,
    &'t str,
    Option<&'t str>,
    u16,
    &'t [&'t str],
);

#[tokio::test(flavor = "current_thread")]
async fn l1_z6_each_refusal_comes_before_everything_behind_it() {
    let issuer = TestIssuer::default();
    let app = SecureRouter::new(Security::builder(issuer.jwt()))
        .mount(create_thing)
        .build()
        .unwrap();
    let router = router(app);

    let good = issuer.token("alice").scope("write:things").roles(&["writer"]);
    let good = good.sign();
    let no_scope = issuer.token("alice").scope("write:thing").roles(&["writer"]).sign();
    let no_role = issuer.token("alice").scope("write:things").sign();
    let bob = issuer.token("bob").scope("write:things").roles(&["writer"]).sign();
    let expired = issuer
        .token("alice")
        .scope("write:things")
        .roles(&["writer"])
        .expires_in(-60)
        .sign();
    let json = "application/json";
    let long = format!(r#"{{"amount":1,"note":"{}"}}"#, "x".repeat(40));

    // What is sent, how long it says it is, and what must have been touched when it is refused.
    let rows: [Row<'_>; 13] = [
        ("no credential", None, json, r#"{"amount":1}"#, None, 401, &[]),
        ("garbage", Some("x.y.z"), json, r#"{"amount":1}"#, None, 401, &[]),
        ("expired", Some(&expired), json, r#"{"amount":1}"#, None, 401, &[]),
        ("scope", Some(&no_scope), json, r#"{"amount":1}"#, None, 403, &[]),
        ("role", Some(&no_role), json, r#"{"amount":1}"#, None, 403, &[]),
        ("owner", Some(&bob), json, r#"{"amount":1}"#, None, 403, &["parts"]),
        (
            "content type",
            Some(&good),
            "text/plain",
            r#"{"amount":1}"#,
            None,
            415,
            &["parts"],
        ),
        (
            "announced size",
            Some(&good),
            json,
            r#"{"amount":1}"#,
            Some("33"),
            413,
            &["parts"],
        ),
        ("real size", Some(&good), json, &long, None, 413, &["parts", "body"]),
        (
            "size that lies",
            Some(&good),
            json,
            &long,
            Some("12"),
            413,
            &["parts", "body"],
        ),
        (
            "no JSON",
            Some(&good),
            json,
            r#"{"amount":"#,
            None,
            400,
            &["parts", "body"],
        ),
        (
            "rule",
            Some(&good),
            json,
            r#"{"amount":0}"#,
            None,
            422,
            &["parts", "body"],
        ),
        (
            "condition",
            Some(&good),
            json,
            r#"{"amount":100}"#,
            None,
            403,
            &["parts", "body", "condition"],
        ),
    ];
    for (what, token, media, body, length, status, touched) in rows {
        let observed = Arc::new(Observed::default());
        let request = build(&observed, token, media, body, length);
        let answer = send(&router, request).await;
        answer.assert_problem(status);
        assert_eq!(observed.list(), touched, "{what}");
    }

    let observed = Arc::new(Observed::default());
    let answer = send(&router, build(&observed, Some(&good), json, r#"{"amount":1}"#, None)).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    assert_eq!(observed.list(), ["parts", "body", "condition", "handler"]);
}

fn build(
    observed: &Arc<Observed>,
    token: Option<&str>,
    media: &str,
    body: &str,
    length: Option<&str>,
) -> Request<Body> {
    let mut request = Request::post("/users/alice/things").header("content-type", media);
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    if let Some(length) = length {
        request = request.header("content-length", length);
    }
    let body = TracedBody(Arc::clone(observed), Some(Bytes::from(body.to_owned())));
    let mut request = request.body(Body::new(body)).unwrap();
    request.extensions_mut().insert(Probe(Arc::clone(observed)));
    request
}

/// A limit refuses before scopes are looked at, so that probing for them is limited, too.
#[tokio::test(flavor = "current_thread")]
async fn l2_limits_come_before_scopes() {
    let issuer = TestIssuer::default();
    let app = SecureRouter::new(Security::builder(issuer.jwt()))
        .mount(create_thing)
        .build()
        .unwrap();
    let router = router(app);
    let no_scope = issuer.token("alice").sign();
    for _ in 0..20 {
        let observed = Arc::new(Observed::default());
        let answer = send(
            &router,
            build(&observed, Some(&no_scope), "application/json", "{}", None),
        )
        .await;
        answer.assert_problem(403);
    }
    let observed = Arc::new(Observed::default());
    let answer = send(
        &router,
        build(&observed, Some(&no_scope), "application/json", "{}", None),
    )
    .await;
    answer.assert_problem(429);
    assert!(observed.list().is_empty());
}
