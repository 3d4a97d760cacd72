//! The deadline of a body: whose it is, when it begins, and what it is the answer to.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::{Form, Json, Router};
use futures_util::{StreamExt as _, stream};
use secure_runtime::policy::ByteSize;
use secure_runtime::testing::TestIssuer;
use secure_runtime::{
    FileRules, FileType, Multipart, Problem, Routes, SecureRouter, Security, UncheckedBody, Upload, input, secure,
};
use tokio::io::AsyncWrite;

use crate::audit_log::Log;
use crate::support::{Answer, request, router, send};

const RULES: FileRules = FileRules::new(ByteSize::new(1 << 20), &[FileType::Png]);
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0";

#[input]
struct Note {
    #[input(length(max = 10_000))]
    text: String,
}

#[secure(post = "/json", authenticated)]
async fn by_json(Json(note): Json<Note>) -> String {
    note.text
}

#[secure(post = "/form", authenticated)]
async fn by_form(Form(note): Form<Note>) -> String {
    note.text
}

#[secure(post = "/unchecked", authenticated)]
async fn by_bytes(UncheckedBody(bytes): UncheckedBody<Bytes>) -> String {
    bytes.len().to_string()
}

#[secure(post = "/upload", authenticated)]
async fn by_upload(State(reached): State<Reached>, upload: Upload) -> Result<String, Problem> {
    let file = upload.file(&RULES).await?;
    let size = file.copy_to(&mut Sink(reached.0)).await?;
    Ok(size.to_string())
}

#[secure(post = "/multipart", authenticated)]
async fn by_multipart(mut form: Multipart) -> Result<String, Problem> {
    let mut size = 0;
    while let Some(part) = form.next().await? {
        size += part.text(10_000).await?.len();
    }
    Ok(size.to_string())
}

/// It takes longer than a body may, and then reads a body that came long ago.
#[secure(post = "/late", authenticated)]
async fn reads_late(upload: Upload) -> Result<String, Problem> {
    tokio::time::sleep(Duration::from_millis(600)).await;
    let bytes = upload.file(&RULES).await?.bytes().await?;
    Ok(bytes.len().to_string())
}

/// As for a large upload: more than the default.
#[secure(put = "/patient", authenticated, body_timeout = "10s")]
async fn patient(upload: Upload) -> Result<String, Problem> {
    let bytes = upload.file(&RULES).await?.bytes().await?;
    Ok(bytes.len().to_string())
}

#[secure(post = "/impatient", authenticated, body_timeout = "200ms")]
async fn impatient(Json(note): Json<Note>) -> String {
    note.text
}

/// Its own time is shorter than that of the body.
#[secure(post = "/short", authenticated, timeout = "100ms")]
async fn short(Json(note): Json<Note>) -> String {
    note.text
}

#[secure(post = "/short-upload", authenticated, timeout = "100ms")]
async fn short_upload(upload: Upload) -> Result<(), Problem> {
    upload.file(&RULES).await?.bytes().await?;
    Ok(())
}

/// The body is there, and the handler takes too long.
#[secure(post = "/slow-handler", authenticated, timeout = "100ms")]
async fn slow_handler(Json(note): Json<Note>) -> String {
    tokio::time::sleep(Duration::from_secs(30)).await;
    note.text
}

/// A handler's own words for what went wrong are kept, where it has any.
#[secure(post = "/own-words", authenticated)]
async fn own_words(upload: Upload) -> Result<(), Problem> {
    let read = upload.file(&RULES).await;
    match read {
        Ok(_) => Ok(()),
        Err(problem) => Err(Problem::new(axum::http::StatusCode::CONFLICT).detail(problem.status().to_string())),
    }
}

/// Whether the first bytes were written.
#[derive(Clone, Default)]
struct Reached(Arc<AtomicBool>);

struct Sink(Arc<AtomicBool>);

impl AsyncWrite for Sink {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.0.store(true, Ordering::SeqCst);
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

struct Stand {
    router: Router,
    authorization: String,
    reached: Arc<AtomicBool>,
}

impl Stand {
    /// With a default of so much.
    fn new(time: &str) -> Self {
        let (issuer, reached) = (TestIssuer::default(), Reached::default());
        let app = SecureRouter::new(Security::builder(issuer.jwt()).default_body_timeout(time))
            .mount((by_json, by_form, by_bytes, by_upload, by_multipart, reads_late))
            .mount((patient, impatient, short, short_upload, slow_handler, own_words))
            .with_state(reached.clone());
        Self {
            router: router(app.build().unwrap()),
            authorization: format!("Bearer {}", issuer.token("alice").sign()),
            reached: reached.0,
        }
    }

    async fn post(&self, path: &str, media: &str, body: Body) -> (Answer, Duration) {
        self.send("POST", path, media, body).await
    }

    async fn send(&self, method: &str, path: &str, media: &str, body: Body) -> (Answer, Duration) {
        let headers = [("authorization", self.authorization.as_str()), ("content-type", media)];
        let began = Instant::now();
        let answer = send(&self.router, request(method, path, &headers, body)).await;
        (answer, began.elapsed())
    }
}

/// These bytes, and then one each 20 ms, for ever.
fn dripping(begin: &[u8]) -> Body {
    let begin = Bytes::copy_from_slice(begin);
    let drops = stream::unfold((), async |()| {
        tokio::time::sleep(Duration::from_millis(20)).await;
        Some((Bytes::from_static(b"x"), ()))
    });
    Body::from_stream(stream::iter([begin]).chain(drops).map(Ok::<_, io::Error>))
}

/// These bytes, and then nothing.
fn silent(begin: &'static [u8]) -> Body {
    Body::from_stream(stream::iter([Ok::<_, io::Error>(Bytes::from_static(begin))]).chain(stream::pending()))
}

const MULTIPART: &str = "multipart/form-data; boundary=b";
const FIELD: &[u8] = b"--b\r\ncontent-disposition: form-data; name=\"a\"\r\n\r\n";

/// Each way to read a body, with the begin of a good one.
const WAYS: [(&str, &str, &[u8]); 5] = [
    ("/json", "application/json", b"{\"text\":\""),
    ("/form", "application/x-www-form-urlencoded", b"text="),
    ("/unchecked", "text/plain", b"a"),
    ("/upload", "image/png", PNG),
    ("/multipart", MULTIPART, FIELD),
];

fn assert_late(answer: &Answer, what: &str) {
    answer.assert_problem(408);
    assert_eq!(answer.header("connection"), Some("close"), "{what}");
    assert_eq!(answer.json()["detail"], "the body did not come in time", "{what}");
}

#[tokio::test]
async fn l11_a_body_that_does_not_come_in_time_is_408_however_it_is_read() {
    let stand = Stand::new("300ms");
    for (path, media, begin) in WAYS {
        for (how, body) in [("dripping", dripping(begin)), ("silent", silent(begin))] {
            let (answer, time) = stand.post(path, media, body).await;
            let what = format!("{path}, {how}");
            assert_late(&answer, &what);
            assert!(
                (Duration::from_millis(290)..Duration::from_secs(5)).contains(&time),
                "{what}: {time:?}"
            );
        }
    }
}

#[tokio::test]
async fn l11_a_body_that_comes_in_time_is_read() {
    let stand = Stand::new("5s");
    // In pieces, and not at once.
    let pieces = |whole: Vec<u8>| {
        let pieces: Vec<_> = whole.chunks(9).map(Bytes::copy_from_slice).collect();
        let paced = stream::iter(pieces).then(async |piece| {
            tokio::time::sleep(Duration::from_millis(10)).await;
            Ok::<_, io::Error>(piece)
        });
        Body::from_stream(paced)
    };
    let ends: [&[u8]; 5] = [b"abc\"}", b"abc", b"bc", b"", b"abc\r\n--b--\r\n"];
    let expected = ["abc", "abc", "3", "29", "3"];
    for (((path, media, begin), end), expected) in WAYS.iter().zip(ends).zip(expected) {
        let (answer, _) = stand.post(path, media, pieces([begin, end].concat())).await;
        assert_eq!(
            (answer.status.as_u16(), &*answer.body),
            (200, expected.as_bytes()),
            "{path}: {answer:?}"
        );
        assert!(answer.header("connection").is_none());
    }
}

/// What an endpoint says counts for it in place of the default, whichever is longer.
#[tokio::test]
async fn l11_an_endpoint_may_say_how_long_its_body_takes() {
    let stand = Stand::new("200ms");
    let paced = stream::iter(PNG.chunks(5)).then(async |piece| {
        tokio::time::sleep(Duration::from_millis(100)).await;
        Ok::<_, io::Error>(Bytes::from_static(piece))
    });
    let (answer, time) = stand
        .send("PUT", "/patient", "image/png", Body::from_stream(paced))
        .await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert!(time > Duration::from_millis(400), "{time:?}");
    let stand = Stand::new("1m");
    let (answer, time) = stand.post("/impatient", "application/json", silent(b"{")).await;
    assert_late(&answer, "impatient");
    assert!(time < Duration::from_secs(5), "{time:?}");
}

/// The bytes that came before were written, and what was written is not called whole.
#[tokio::test]
async fn l11_an_upload_that_streams_into_a_sink_has_the_same_deadline() {
    let stand = Stand::new("300ms");
    let begin: Vec<u8> = PNG.iter().copied().chain([0; 4096]).collect();
    let (answer, _) = stand.post("/upload", "image/png", dripping(&begin)).await;
    assert_late(&answer, "upload");
    assert!(
        stand.reached.load(Ordering::SeqCst),
        "nothing was written, so nothing streamed"
    );
}

/// It begins when the body is asked for: what comes before that is the endpoint's own time.
#[tokio::test]
async fn l11_the_deadline_begins_when_the_body_is_asked_for() {
    let stand = Stand::new("300ms");
    let (answer, time) = stand.post("/late", "image/png", Body::from(PNG)).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert!(time >= Duration::from_millis(600), "{time:?}");
    let (answer, time) = stand.post("/late", "image/png", silent(PNG)).await;
    assert_late(&answer, "late");
    assert!(time >= Duration::from_millis(890), "{time:?}");
}

#[tokio::test]
async fn l11_the_bodys_time_is_within_the_whole_time() {
    let stand = Stand::new("1m");
    for (path, media, begin) in [
        ("/short", "application/json", &b"{"[..]),
        ("/short-upload", "image/png", PNG),
    ] {
        for body in [silent(begin), dripping(begin)] {
            let (answer, time) = stand.post(path, media, body).await;
            assert_late(&answer, path);
            assert!(time < Duration::from_secs(5), "{path}: {time:?}");
        }
    }
    // The client owes nothing any more, so it is not to blame, and the connection can go on.
    let body = Body::from(r#"{"text":"a"}"#);
    let (answer, _) = stand.post("/slow-handler", "application/json", body).await;
    answer.assert_problem(503);
    assert!(answer.header("connection").is_none());
}

#[tokio::test]
async fn a_handler_that_answers_in_its_own_words_is_not_talked_over() {
    let stand = Stand::new("200ms");
    let (answer, _) = stand.post("/own-words", "image/png", silent(b"")).await;
    answer.assert_problem(409);
    assert!(answer.json()["detail"].as_str().unwrap().contains("408"), "{answer:?}");
}

#[tokio::test(flavor = "current_thread")]
async fn g1_a_late_body_is_a_timeout_in_the_log() {
    let (log, _guard) = Log::start();
    let stand = Stand::new("100ms");
    for (path, media, begin) in WAYS {
        stand.post(path, media, silent(begin)).await;
        let lines = log.lines();
        assert_eq!(lines.len(), 1, "{lines:#?}");
        assert!(
            lines[0].contains(r#"reason="timeout""#) && lines[0].contains("status=408"),
            "{}",
            lines[0]
        );
    }
}

/// Routers tighten, and loosen nothing.
#[tokio::test]
async fn l11_routers_only_tighten_the_bodys_time() {
    let issuer = TestIssuer::default();
    let authorization = format!("Bearer {}", issuer.token("alice").sign());
    for (default, outer, inner) in [("1m", "300ms", "1m"), ("1m", "1m", "300ms"), ("300ms", "1m", "1m")] {
        let routes = Routes::new().demand_body_timeout(inner).mount(by_json);
        let app = SecureRouter::new(Security::builder(issuer.jwt()).default_body_timeout(default))
            .nest("/api", Routes::new().demand_body_timeout(outer).merge(routes));
        let router = router(app.build().unwrap());
        let headers = [
            ("authorization", authorization.as_str()),
            ("content-type", "application/json"),
        ];
        let began = Instant::now();
        let answer = send(&router, request("POST", "/api/json", &headers, silent(b"{"))).await;
        assert_late(&answer, default);
        assert!(began.elapsed() < Duration::from_secs(10), "{default}, {outer}, {inner}");
    }
}

#[test]
fn a_time_that_cannot_be_is_a_fault() {
    let security = Security::builder(TestIssuer::default().jwt()).default_body_timeout("0s");
    let routes = Routes::new().demand_body_timeout("soon").mount(by_json);
    let faults = SecureRouter::new(security)
        .merge(routes)
        .build()
        .unwrap_err()
        .to_string();
    for place in ["SecurityBuilder::default_body_timeout", "Routes::demand_body_timeout"] {
        assert!(faults.contains(place), "{faults}");
    }
}
