//! How many at once: who takes a slot, who is refused, and that each slot comes back.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::Request;
use axum::{Json, Router};
use futures_util::{Stream, StreamExt as _, stream};
use http_body_util::BodyExt as _;
use secure_runtime::testing::TestIssuer;
use secure_runtime::{Events, Lines, Problem, SecureRouter, Security, input, secure};
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;
use tower::ServiceExt as _;

use crate::audit_log::Log;
use crate::serving::raw::{Raw, head, serve_with, status};
use crate::support::{Answer, get, request, router, send};

/// What a handler does once it is in: it counts itself, and waits until it is let go.
#[derive(Clone)]
struct Stage {
    inside: Arc<AtomicUsize>,
    go: Arc<Semaphore>,
}

impl Stage {
    fn new() -> Self {
        Self {
            inside: Arc::default(),
            go: Arc::new(Semaphore::new(0)),
        }
    }

    async fn play(&self) {
        self.inside.fetch_add(1, Ordering::SeqCst);
        let _leaving = Leaving(Arc::clone(&self.inside));
        self.go.acquire().await.unwrap().forget();
    }

    /// Waits until so many are inside.
    async fn has(&self, count: usize) {
        for _ in 0..2_000 {
            if self.inside.load(Ordering::SeqCst) == count {
                return;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("{} are inside, and not {count}", self.inside.load(Ordering::SeqCst));
    }
}

struct Leaving(Arc<AtomicUsize>);

impl Drop for Leaving {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

#[input]
struct Note {
    #[input(length(max = 100))]
    text: String,
}

#[secure(get = "/slow/{user_id}", scope = "read", owner = "user_id", concurrency = 2)]
async fn stay(State(stage): State<Stage>, Path(user_id): Path<String>) -> String {
    stage.play().await;
    user_id
}

#[secure(get = "/other", authenticated, concurrency = 1)]
async fn other() {}

#[secure(get = "/panics", authenticated, concurrency = 1)]
async fn panics() {
    panic!("on purpose");
}

#[secure(get = "/fails", authenticated, concurrency = 1)]
async fn fails() -> Result<(), Problem> {
    Err(Problem::not_found())
}

#[secure(get = "/times-out", authenticated, concurrency = 1, timeout = "50ms")]
async fn times_out(State(stage): State<Stage>) {
    stage.play().await;
}

#[secure(post = "/note", authenticated, concurrency = 1, body_timeout = "100ms")]
async fn write_note(Json(note): Json<Note>) -> String {
    note.text
}

/// One line, and then a line whenever it is let go; a hundred are the end.
fn lines_of(stage: Stage) -> impl Stream<Item = Result<u32, Problem>> + Send + 'static {
    stream::iter([0])
        .chain(stream::unfold((stage, 1), async |(stage, number)| {
            stage.play().await;
            (number < 100).then_some((number, (stage, number + 1)))
        }))
        .map(Ok)
}

#[secure(get = "/lines", authenticated, concurrency = 1)]
async fn stream_lines(State(stage): State<Stage>) -> Lines<impl Stream<Item = Result<u32, Problem>>> {
    Lines(lines_of(stage))
}

#[secure(get = "/events", authenticated, concurrency = 1)]
async fn stream_events(State(stage): State<Stage>) -> Events<impl Stream<Item = Result<u32, Problem>>> {
    Events(lines_of(stage))
}

/// It breaks off by itself.
#[secure(get = "/broken", authenticated, concurrency = 1)]
async fn broken() -> Lines<impl Stream<Item = Result<u32, Problem>>> {
    Lines(stream::iter([Ok(1), Err(Problem::internal("broken"))]))
}

#[secure(get = "/free", public = "a test", rate("100000/s", per = "endpoint"))]
async fn say_nothing() {}

struct Stand {
    router: Router,
    issuer: TestIssuer,
    stage: Stage,
}

impl Stand {
    fn new() -> Self {
        Self::with_room_for(10_000)
    }

    fn with_room_for(requests: usize) -> Self {
        let (issuer, stage) = (TestIssuer::default(), Stage::new());
        Self {
            router: router(app(&issuer, &stage, requests)),
            issuer,
            stage,
        }
    }

    fn bearer(&self, user: &str, scope: &str) -> String {
        format!("Bearer {}", self.issuer.token(user).scope(scope).sign())
    }

    fn request(&self, method: &str, path: &str) -> Request<Body> {
        request(
            method,
            path,
            &[("authorization", &self.bearer("alice", "read"))],
            Body::empty(),
        )
    }

    async fn get(&self, path: &str) -> Answer {
        send(&self.router, self.request("GET", path)).await
    }

    /// Alice, who stays inside until she is let go.
    fn enter(&self) -> JoinHandle<Answer> {
        let (router, request) = (self.router.clone(), self.request("GET", "/slow/alice"));
        tokio::spawn(async move { send(&router, request).await })
    }

    /// Two of them, which is as many as there may be.
    async fn fill(&self) -> [JoinHandle<Answer>; 2] {
        let inside = [self.enter(), self.enter()];
        self.stage.has(2).await;
        inside
    }

    async fn let_go(&self, inside: [JoinHandle<Answer>; 2]) {
        self.stage.go.add_permits(2);
        for inside in inside {
            assert_eq!(inside.await.unwrap().status, 200);
        }
    }
}

fn app(issuer: &TestIssuer, stage: &Stage, requests: usize) -> secure_runtime::SecureApp {
    SecureRouter::new(Security::builder(issuer.jwt()).max_concurrency(requests))
        .mount((
            stay,
            other,
            panics,
            fails,
            times_out,
            write_note,
            stream_lines,
            stream_events,
            broken,
            say_nothing,
        ))
        .with_state(stage.clone())
        .build()
        .unwrap()
}

fn assert_full(answer: &Answer) {
    answer.assert_problem(503);
    let seconds: u32 = answer.header("retry-after").unwrap().parse().unwrap();
    assert!(seconds >= 1);
}

#[tokio::test(flavor = "current_thread")]
async fn l11_an_endpoint_has_so_many_at_once_and_says_when_it_has() {
    let (log, _guard) = Log::start();
    let stand = Stand::new();
    let inside = stand.fill().await;
    let full = stand.get("/slow/alice").await;
    assert_full(&full);
    let lines = log.lines();
    assert!(lines.len() == 1 && lines[0].contains(r#"reason="busy""#), "{lines:#?}");
    assert!(
        lines[0].contains("sys_overload") && lines[0].contains("subject=alice"),
        "{lines:#?}"
    );
    // The others are as they were.
    assert_eq!(stand.get("/other").await.status, 200);
    stand.let_go(inside).await;
    let again = stand.fill().await;
    stand.let_go(again).await;
}

/// Who may not call takes no slot, and does not learn that there is none.
#[tokio::test]
async fn l11_who_may_not_call_takes_no_slot() {
    let stand = Stand::new();
    let nobody = async |authorization: &str, path: &str| {
        send(&stand.router, get(path, &[("authorization", authorization)]))
            .await
            .status
            .as_u16()
    };
    let (no_scope, bob) = (stand.bearer("alice", "other"), stand.bearer("bob", "read"));
    // All at once, again and again, and nobody else notices.
    for _ in 0..3 {
        let inside = stand.fill().await;
        assert_eq!(nobody("Bearer x.y.z", "/slow/alice").await, 401);
        assert_eq!(nobody(&no_scope, "/slow/alice").await, 403);
        stand.let_go(inside).await;
        for _ in 0..5 {
            assert_eq!(nobody("Bearer x.y.z", "/slow/alice").await, 401);
            assert_eq!(nobody(&no_scope, "/slow/alice").await, 403);
            // He has the scope, so he had a slot while it was found out that it is not his.
            assert_eq!(nobody(&bob, "/slow/alice").await, 403);
        }
    }
}

/// However a request ends, its slot is free.
#[tokio::test]
async fn l11_a_slot_comes_back_however_the_request_ends() {
    let stand = Stand::new();
    for (path, status) in [("/panics", 500), ("/fails", 404), ("/times-out", 503), ("/other", 200)] {
        for _ in 0..3 {
            let answer = stand.get(path).await;
            assert_eq!(answer.status.as_u16(), status, "{path}");
            assert!(answer.header("retry-after").is_none(), "{path}: {answer:?}");
        }
    }
    // A body that is refused, and one that never comes.
    let authorization = stand.bearer("alice", "read");
    let headers = [
        ("authorization", authorization.as_str()),
        ("content-type", "application/json"),
    ];
    for _ in 0..3 {
        let silent = Body::from_stream(stream::pending::<Result<Bytes, std::io::Error>>());
        for (body, status) in [
            (Body::from("{"), 400),
            (silent, 408),
            (Body::from(r#"{"text":"a"}"#), 200),
        ] {
            let answer = send(&stand.router, request("POST", "/note", &headers, body)).await;
            assert_eq!(answer.status.as_u16(), status);
        }
    }
    // A client that goes away.
    for _ in 0..3 {
        let inside = stand.fill().await;
        assert_full(&stand.get("/slow/alice").await);
        for inside in inside {
            inside.abort();
        }
        stand.stage.has(0).await;
    }
    let inside = stand.fill().await;
    stand.let_go(inside).await;
}

#[tokio::test]
async fn l11_a_stream_holds_its_slot_until_it_ends() {
    for path in ["/lines", "/events"] {
        let stand = Stand::new();
        let open = async || {
            let response = stand.router.clone().oneshot(stand.request("GET", path)).await.unwrap();
            assert_eq!(response.status(), 200, "{path}");
            response.into_body()
        };
        // It is dropped half-way: so it is when the client goes away.
        let mut body = open().await;
        body.frame().await.unwrap().unwrap();
        assert_full(&stand.get(path).await);
        drop(body);
        // It comes to its end.
        let body = open().await;
        assert_full(&stand.get(path).await);
        stand.stage.go.add_permits(100);
        body.collect().await.unwrap();
        drop(open().await);
        // A HEAD has no body that would be a stream, and then it is not held.
        for _ in 0..3 {
            let answer = send(&stand.router, stand.request("HEAD", path)).await;
            assert_eq!((answer.status.as_u16(), answer.body.len()), (200, 0), "{path}");
        }
    }
    // It breaks off, and somebody still has what is left of it.
    let stand = Stand::new();
    let response = stand
        .router
        .clone()
        .oneshot(stand.request("GET", "/broken"))
        .await
        .unwrap();
    let mut body = response.into_body();
    body.frame().await.unwrap().unwrap();
    assert_full(&stand.get("/broken").await);
    assert!(body.frame().await.unwrap().is_err());
    let again = stand
        .router
        .clone()
        .oneshot(stand.request("GET", "/broken"))
        .await
        .unwrap();
    assert_eq!(again.status(), 200);
    drop(body);
}

/// Over a socket: the client closes it, and the stream's slot is free.
#[tokio::test]
async fn l11_a_client_that_closes_gives_its_slot_back() {
    let (issuer, stage) = (TestIssuer::default(), Stage::new());
    let address = serve_with(app(&issuer, &stage, 1), |server| server).await;
    let authorization = format!("authorization: Bearer {}", issuer.token("alice").scope("read").sign());
    for path in ["/lines", "/slow/alice"] {
        let request = head(&format!("GET {path}"), &[&authorization]);
        for _ in 0..3 {
            let mut open = Raw::open(address).await;
            open.send(&request).await;
            stage.has(1).await;
            let mut second = Raw::open(address).await;
            second.send(&request).await;
            assert_eq!(status(&second.answer().await.unwrap()), 503, "{path}");
            drop(open);
            stage.has(0).await;
        }
    }
}

#[tokio::test(flavor = "current_thread")]
async fn l11_the_whole_service_has_so_many_at_once() {
    let (log, _guard) = Log::start();
    let stand = Stand::with_room_for(2);
    let inside = stand.fill().await;
    let free = || get("/free", &[]);
    assert_full(&send(&stand.router, free()).await);
    let lines = log.lines();
    assert!(
        lines.len() == 1 && lines[0].contains(r#"reason="overload""#),
        "{lines:#?}"
    );
    assert!(lines[0].contains("address=127.0.0.1"), "{lines:#?}");
    // Before anybody is asked who they are: a bad credential is not even looked at.
    assert_full(&send(&stand.router, get("/other", &[("authorization", "Bearer x.y.z")])).await);
    assert_full(&stand.get("/other").await);
    stand.let_go(inside).await;
    // Whatever was refused, and by whom, is not under way any more.
    for _ in 0..5 {
        assert_eq!(send(&stand.router, get("/other", &[])).await.status, 401);
        assert_eq!(stand.get("/panics").await.status, 500);
        assert_eq!(stand.get("/times-out").await.status, 503);
        assert_eq!(send(&stand.router, free()).await.status, 200);
    }
    // Streams are under way as long as they are open.
    let one = Stand::with_room_for(1);
    let open = one.router.clone().oneshot(one.request("GET", "/lines")).await.unwrap();
    assert_full(&send(&one.router, free()).await);
    drop(open);
    assert_eq!(send(&one.router, free()).await.status, 200);
    send(&one.router, one.request("HEAD", "/lines")).await;
    assert_eq!(send(&one.router, free()).await.status, 200);
}

#[test]
fn no_room_at_all_is_a_fault() {
    let security = Security::builder(TestIssuer::default().jwt()).max_concurrency(0);
    let faults = security.build().unwrap_err().to_string();
    assert!(faults.contains("`max_concurrency` must be above zero"), "{faults}");
}
