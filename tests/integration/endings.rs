//! However a request ends, its record is closed, and nothing but a problem leaves: panics, time-outs, cancellation.

use std::io;
use std::time::Duration;

use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::Path;
use axum::http::StatusCode;
use metrics_util::debugging::{DebugValue, DebuggingRecorder};
use secure_runtime::testing::TestIssuer;
use secure_runtime::{Problem, SecureRouter, Security, input, secure};
use tower::ServiceExt as _;

use crate::audit_log::Log;
use crate::support::{get, request, router, send};

#[input]
struct Note {
    #[input(length(max = 1_000_000))]
    text: String,
}

#[secure(get = "/fine", authenticated)]
async fn fine() -> &'static str {
    "fine"
}

#[secure(get = "/fails", authenticated)]
async fn fails() -> Result<(), Problem> {
    Err(Problem::internal(io::Error::other(
        "SELECT password FROM users: disk full",
    )))
}

#[secure(get = "/panics", authenticated)]
async fn panics() {
    panic!("the secret is 42");
}

fn explode() -> bool {
    panic!("in a condition");
}

#[secure(get = "/panics/condition", authenticated, when = explode())]
async fn panics_in_condition() {}

/// A condition cannot leave the gate by `return`: it returns from itself.
#[secure(get = "/returns", authenticated, when = { if true { return false; } true })]
async fn returns_in_condition() {}

/// `a || b` in a condition stays one condition beside the role.
#[secure(get = "/either/{flag}", role = "writer", when = *flag || caller.has_role("other"))]
async fn either(Path(flag): Path<bool>) -> &'static str {
    let _ = flag;
    "in"
}

#[secure(get = "/sleeps", authenticated, timeout = "50ms")]
async fn sleeps() {
    tokio::time::sleep(Duration::from_secs(3600)).await;
}

/// Far from its time-out when the client leaves.
#[secure(get = "/waits", authenticated, timeout = "1h")]
async fn waits() {
    std::future::pending().await
}

#[secure(post = "/notes", authenticated, timeout = "50ms")]
async fn write_note(Json(note): Json<Note>) -> String {
    note.text
}

fn app(issuer: &TestIssuer) -> axum::Router {
    let app = SecureRouter::new(Security::builder(issuer.jwt()))
        .mount((
            fine,
            fails,
            panics,
            panics_in_condition,
            returns_in_condition,
            either,
            sleeps,
            waits,
            write_note,
        ))
        .build();
    router(app.unwrap())
}

fn bearer(issuer: &TestIssuer) -> String {
    format!(
        "Bearer {}",
        issuer.token("alice\u{1b}[31m\r\nforged=1").scope("a").sign()
    )
}

#[tokio::test(flavor = "current_thread")]
async fn g1_g3_g4_one_event_a_request_and_no_credential_in_it() {
    let (log, _guard) = Log::start();
    let issuer = TestIssuer::default();
    let router = app(&issuer);
    let token = bearer(&issuer);
    let headers = [("authorization", token.as_str()), ("x-request-id", "abc-1")];

    send(&router, get("/fine", &headers)).await;
    let lines = log.lines();
    assert_eq!(lines.len(), 1, "{lines:#?}");
    for part in [
        "secure::audit",
        r#"event="authz_pass""#,
        r#"endpoint="integration::endings::fine""#,
        r#"decision="allow""#,
        "status=200",
        r"subject=alice\u{1b}[31m\u{d}\u{a}forged=1",
        "issuer=https://issuer.test",
        "client=test-client",
        "address=127.0.0.1",
        "request_id=abc-1",
        "duration_us=",
    ] {
        assert!(lines[0].contains(part), "{part} is not in {}", lines[0]);
    }

    let cases = [
        ("/fails", "status=500", "SELECT password"),
        ("/panics", r#"reason="panic""#, "the secret is 42"),
        ("/panics/condition", r#"reason="panic""#, "in a condition"),
        ("/returns", r#"reason="condition""#, "authz_fail"),
        ("/sleeps", r#"reason="timeout""#, "status=503"),
    ];
    for (path, reason, cause) in cases {
        send(&router, get(path, &headers)).await;
        let lines = log.lines();
        assert_eq!(lines.len(), 1, "{path}: {lines:#?}");
        assert!(
            lines[0].contains(reason) && lines[0].contains(cause),
            "{path}: {}",
            lines[0]
        );
    }

    send(&router, get("/fine", &[("authorization", "Bearer not.a.token")])).await;
    let refused = log.lines().concat();
    assert!(
        refused.contains(r#"reason="credential_invalid""#) && !refused.contains("not.a.token"),
        "{refused}"
    );
    send(&router, get("/fine", &[("authorization", &token)])).await;
    let passed = log.lines().concat();
    for segment in token.trim_start_matches("Bearer ").split('.') {
        assert!(!passed.contains(segment), "{passed}");
    }
}

#[tokio::test(flavor = "current_thread")]
async fn z7_e3_panics_and_failures_are_bare_500s() {
    let issuer = TestIssuer::default();
    let router = app(&issuer);
    let token = bearer(&issuer);
    for path in ["/fails", "/panics", "/panics/condition"] {
        let answer = send(&router, get(path, &[("authorization", &token)])).await;
        answer.assert_problem(500);
        assert_eq!(
            String::from_utf8(answer.body.clone()).unwrap(),
            r#"{"type":"about:blank","title":"Internal Server Error","status":500}"#
        );
        assert!(answer.header("x-request-id").is_some());
    }
    send(&router, get("/returns", &[("authorization", &token)]))
        .await
        .assert_problem(403);
    // The gate is as good as before.
    assert_eq!(
        send(&router, get("/fine", &[("authorization", &token)])).await.status,
        200
    );
}

#[tokio::test(flavor = "current_thread")]
async fn z6_an_alternative_in_a_condition_does_not_replace_the_role() {
    let issuer = TestIssuer::default();
    let router = app(&issuer);
    let table: [(&[&str], &str, u16); 4] = [
        (&["writer"], "true", 200),
        (&["writer"], "false", 403),
        (&["writer", "other"], "false", 200),
        (&["other"], "true", 403),
    ];
    for (roles, flag, status) in table {
        let token = format!("Bearer {}", issuer.token("alice").roles(roles).sign());
        let answer = send(&router, get(&format!("/either/{flag}"), &[("authorization", &token)])).await;
        assert_eq!(answer.status.as_u16(), status, "{roles:?} {flag}");
    }
}

#[tokio::test(flavor = "current_thread")]
async fn l11_a_slow_handler_is_503_and_a_slow_body_408() {
    let issuer = TestIssuer::default();
    let router = app(&issuer);
    let token = bearer(&issuer);
    send(&router, get("/sleeps", &[("authorization", &token)]))
        .await
        .assert_problem(503);

    // A body of which the first part comes, and then nothing.
    let (sender, receiver) = tokio::sync::mpsc::channel::<Result<Bytes, io::Error>>(1);
    sender.send(Ok(Bytes::from_static(b"{\"text\":"))).await.unwrap();
    let body = Body::from_stream(futures_of(receiver));
    let headers = [("authorization", token.as_str()), ("content-type", "application/json")];
    send(&router, request("POST", "/notes", &headers, body))
        .await
        .assert_problem(408);
    drop(sender);
}

fn futures_of(
    receiver: tokio::sync::mpsc::Receiver<Result<Bytes, io::Error>>,
) -> impl futures_util::Stream<Item = Result<Bytes, io::Error>> {
    futures_util::stream::unfold(receiver, |mut receiver| async move {
        receiver.recv().await.map(|item| (item, receiver))
    })
}

#[tokio::test(flavor = "current_thread")]
async fn l11_a_head_above_the_bound_is_431() {
    let issuer = TestIssuer::default();
    let router = app(&issuer);
    let token = bearer(&issuer);
    let filler = "x".repeat(33 * 1024);
    let answer = send(
        &router,
        get("/fine", &[("authorization", &token), ("x-filler", &filler)]),
    )
    .await;
    answer.assert_problem(431);
}

#[tokio::test(flavor = "current_thread")]
async fn g1_a_cancelled_request_closes_its_record() {
    let (log, _guard) = Log::start();
    let issuer = TestIssuer::default();
    let router = app(&issuer);
    let token = bearer(&issuer);
    let running = router.oneshot(get("/waits", &[("authorization", &token)]));
    assert!(tokio::time::timeout(Duration::from_millis(5), running).await.is_err());
    let lines = log.lines();
    assert_eq!(lines.len(), 1, "{lines:#?}");
    assert!(lines[0].contains(r#"reason="cancelled""#), "{}", lines[0]);
}

#[test]
fn g6_metrics_have_bounded_labels() {
    let recorder = DebuggingRecorder::new();
    let snapshotter = recorder.snapshotter();
    let issuer = TestIssuer::default();
    // Handles are resolved when the endpoints are mounted.
    let router = metrics::with_local_recorder(&recorder, || app(&issuer));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let token = bearer(&issuer);
        for user in 0..3 {
            let id = format!("request-{user}");
            send(
                &router,
                get("/fine", &[("authorization", &token), ("x-request-id", &id)]),
            )
            .await;
        }
        send(&router, get("/fine", &[])).await;
        send(&router, get("/panics", &[("authorization", &token)])).await;
    });
    let mut counts = Vec::new();
    let mut durations = Vec::new();
    for (key, _, _, value) in snapshotter.snapshot().into_vec() {
        let labels: Vec<_> = key
            .key()
            .labels()
            .map(|l| format!("{}={}", l.key(), l.value()))
            .collect();
        match value {
            DebugValue::Counter(0) => {}
            DebugValue::Counter(n) => counts.push(format!("{} {} {n}", key.key().name(), labels.join(","))),
            DebugValue::Histogram(values) if !values.is_empty() => {
                assert_eq!(key.key().name(), secure_runtime::DURATION);
                durations.push(format!("{} {}", labels.join(","), values.len()));
            }
            _ => {}
        }
    }
    counts.sort();
    durations.sort();
    assert_eq!(
        counts,
        [
            "secure_requests_total endpoint=integration::endings::fine,decision=allow,reason= 3",
            "secure_requests_total endpoint=integration::endings::fine,decision=deny,reason=credential_missing 1",
            "secure_requests_total endpoint=integration::endings::panics,decision=deny,reason=panic 1",
        ]
    );
    assert_eq!(
        durations,
        [
            "endpoint=integration::endings::fine 4",
            "endpoint=integration::endings::panics 1"
        ]
    );
}

#[tokio::test(flavor = "current_thread")]
async fn an_unknown_address_denies() {
    let issuer = TestIssuer::default();
    let app = SecureRouter::new(Security::builder(issuer.jwt()))
        .mount(fine)
        .build()
        .unwrap();
    let answer = send(&app.into_router(), get("/fine", &[("authorization", &bearer(&issuer))])).await;
    answer.assert_problem(500);
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
}
