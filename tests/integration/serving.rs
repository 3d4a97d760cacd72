//! `Server`: how long connections may take for heads, for nothing, and for answers; how many there may be; how it ends.

pub(crate) mod raw;

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::State;
use futures_util::{Stream, StreamExt as _, stream};
use secure_runtime::testing::TestIssuer;
use secure_runtime::{Lines, Problem, SecureApp, SecureRouter, Security, Server, secure};
use tokio::net::TcpListener;
use tokio::sync::{Notify, oneshot};

use self::raw::{Raw, head, serve_with, status};

#[secure(get = "/hello", public = "a test", rate("100000/s", per = "endpoint"))]
async fn say_hello() -> &'static str {
    "hello"
}

/// It answers when it is told to.
#[secure(get = "/waits", public = "a test")]
async fn waits(State(go): State<Arc<Notify>>) -> &'static str {
    go.notified().await;
    "at last"
}

/// More than any buffer between here and the client holds; and when it is dropped, that is said.
#[secure(get = "/flood", public = "a test")]
async fn flood(State(go): State<Arc<Notify>>) -> Lines<impl Stream<Item = Result<String, Problem>>> {
    let told = Told(go);
    Lines(stream::repeat_with(|| "x".repeat(60_000)).map(move |line| {
        let _ = &told;
        Ok(line)
    }))
}

struct Told(Arc<Notify>);

impl Drop for Told {
    fn drop(&mut self) {
        self.0.notify_one();
    }
}

fn app(go: Arc<Notify>) -> SecureApp {
    SecureRouter::new(Security::builder(TestIssuer::default().jwt()))
        .mount((say_hello, waits, flood))
        .with_state(go)
        .build()
        .unwrap()
}

/// Plain, with every default of the security.
fn plain() -> SecureApp {
    app(Arc::default())
}

const MS: fn(u64) -> Duration = Duration::from_millis;

/// Between this and what a slow machine makes of it.
fn assert_about(time: Duration, expected: Duration, what: &str) {
    let range = expected.mul_f64(0.8)..expected + Duration::from_secs(4);
    assert!(range.contains(&time), "{what}: {time:?} where {expected:?} is due");
}

#[tokio::test]
async fn l11_a_head_must_come_in_time() {
    let address = serve_with(plain(), |server| {
        server.header_timeout(MS(800)).idle_timeout(Duration::from_secs(50))
    })
    .await;
    // Nothing at all; a part of the head; a part and then a byte now and then.
    for (begin, drips) in [("", false), ("GET /hello HTTP/1.1\r\nx: ", false), ("GET /hel", true)] {
        let mut raw = Raw::open(address).await;
        raw.send(begin).await;
        while drips && raw.opened.elapsed() < Duration::from_secs(10) && raw.is_open_for(MS(50)).await {
            raw.send("l").await;
        }
        let said = raw.end().await.1;
        assert_about(raw.opened.elapsed(), MS(800), begin);
        assert!(said.is_empty(), "{said}");
    }
    // Who sends it within the time is answered, also in pieces.
    let mut raw = Raw::open(address).await;
    for piece in ["GET /hel", "lo HTTP/1.1\r\n", "host: x\r\n\r\n"] {
        tokio::time::sleep(MS(100)).await;
        raw.send(piece).await;
    }
    assert_eq!(status(&raw.answer().await.unwrap()), 200);
}

#[tokio::test]
async fn l11_an_idle_connection_has_a_time_of_its_own() {
    let hello = head("GET /hello", &[]);
    let address = serve_with(plain(), |server| server.header_timeout(MS(400)).idle_timeout(MS(1600))).await;
    let mut raw = Raw::open(address).await;
    raw.send(&hello).await;
    assert_eq!(status(&raw.answer().await.unwrap()), 200);
    // Longer than a head may take: nothing of one was sent.
    assert!(raw.is_open_for(MS(1000)).await, "it was closed before its time");
    raw.send(&hello).await;
    assert_eq!(status(&raw.answer().await.unwrap()), 200);
    assert_about(raw.end().await.0, MS(1600), "idle");

    // From the first byte on, the head is due, also if that is a line feed.
    for first in ["G", "\r\n"] {
        let mut raw = Raw::open(address).await;
        raw.send(&hello).await;
        raw.answer().await.unwrap();
        tokio::time::sleep(MS(300)).await;
        raw.send(first).await;
        let time = raw.end().await.0;
        assert!(time < MS(1300), "{first:?}: {time:?} where 400 ms are due");
    }

    // A request that takes longer than both is neither idle nor a head.
    let go = Arc::new(Notify::new());
    let address = serve_with(app(Arc::clone(&go)), |server| {
        server.header_timeout(MS(200)).idle_timeout(MS(200))
    })
    .await;
    let mut raw = Raw::open(address).await;
    raw.send(head("GET /waits", &[])).await;
    assert!(raw.is_open_for(MS(1000)).await, "it was closed while it was served");
    go.notify_one();
    assert!(raw.answer().await.unwrap().ends_with("at last"));
}

/// Two requests at once, and a head that is announced by half of it behind them.
#[tokio::test]
async fn l11_what_follows_at_once_is_bounded_as_well() {
    let address = serve_with(plain(), |server| server.header_timeout(MS(400)).idle_timeout(MS(800))).await;
    let hello = head("GET /hello", &[]);
    let mut raw = Raw::open(address).await;
    raw.send(format!("{hello}{hello}GET /hel")).await;
    for _ in 0..2 {
        assert_eq!(status(&raw.answer().await.unwrap()), 200);
    }
    let time = raw.end().await.0;
    assert!(time < Duration::from_secs(4), "{time:?}");
}

#[tokio::test]
async fn l11_a_client_that_takes_nothing_is_dropped() {
    let gone = Arc::new(Notify::new());
    let address = serve_with(app(Arc::clone(&gone)), |server| server.write_timeout(MS(700))).await;
    let mut raw = Raw::open(address).await;
    raw.send(head("GET /flood", &[])).await;
    let began = Instant::now();
    tokio::time::timeout(raw::PATIENCE, gone.notified())
        .await
        .expect("the answer is still being sent");
    assert!(began.elapsed() >= MS(700), "{:?}", began.elapsed());

    // Who takes a little, again and again, is served.
    let mut raw = Raw::open(address).await;
    raw.send(head("GET /flood", &[])).await;
    let mut buffer = vec![0; 1 << 20];
    for _ in 0..30 {
        tokio::time::sleep(MS(50)).await;
        let read = tokio::io::AsyncReadExt::read(&mut raw.socket, &mut buffer)
            .await
            .unwrap();
        assert!(read > 0);
    }
}

#[tokio::test]
async fn l11_beyond_the_bound_connections_wait_for_a_place() {
    let address = serve_with(plain(), |server| server.max_connections(2).header_timeout(MS(1500))).await;
    let hello = head("GET /hello", &[]);
    let (mut first, mut second) = (Raw::open(address).await, Raw::open(address).await);
    for raw in [&mut first, &mut second] {
        raw.send(&hello).await;
        assert_eq!(status(&raw.answer().await.unwrap()), 200);
    }
    let mut third = Raw::open(address).await;
    third.send(&hello).await;
    assert!(third.is_open_for(MS(500)).await, "there were two places");
    drop(first);
    assert_eq!(status(&third.answer().await.unwrap()), 200);

    // Those that have a place and say nothing lose it.
    drop((second, third));
    let mut silent = Vec::new();
    for _ in 0..6 {
        silent.push(Raw::open(address).await);
    }
    let mut late = Raw::open(address).await;
    late.send(&hello).await;
    assert_eq!(status(&late.answer().await.unwrap()), 200);
    drop(silent);
}

#[tokio::test]
async fn a_stop_lets_running_requests_end_and_nobody_else() {
    let go = Arc::new(Notify::new());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let served = tokio::spawn(secure_runtime::serve_until(listener, app(Arc::clone(&go)), async {
        let _ = stopped.await;
    }));
    let (mut running, mut idle, mut new) = (
        Raw::open(address).await,
        Raw::open(address).await,
        Raw::open(address).await,
    );
    running.send(head("GET /waits", &[])).await;
    idle.send(head("GET /hello", &[])).await;
    idle.answer().await.unwrap();
    assert!(new.is_open_for(MS(200)).await && running.is_open_for(MS(1)).await);
    stop.send(()).unwrap();
    for raw in [&mut idle, &mut new] {
        assert!(raw.end().await.0 < Duration::from_secs(4));
    }
    assert!(
        tokio::net::TcpStream::connect(address).await.is_err(),
        "it still listens"
    );
    assert!(!served.is_finished());
    go.notify_one();
    let answer = running.answer().await.unwrap();
    assert!(
        answer.ends_with("at last") && answer.contains("connection: close"),
        "{answer}"
    );
    assert!(
        tokio::time::timeout(raw::PATIENCE, served)
            .await
            .unwrap()
            .unwrap()
            .is_ok()
    );
}

/// The gate counts by the address, so each request has one: the rate per address is known on a public endpoint.
#[tokio::test]
async fn h6_each_request_has_the_address_of_its_connection() {
    #[secure(get = "/ip", public = "a test", rate("1/min", per = "ip"))]
    async fn by_ip() {}
    let app = SecureRouter::new(Security::builder(TestIssuer::default().jwt()))
        .mount(by_ip)
        .build()
        .unwrap();
    let address = serve_with(app, |server| server).await;
    let mut raw = Raw::open(address).await;
    for expected in [200, 429] {
        raw.send(head("GET /ip", &[])).await;
        assert_eq!(status(&raw.answer().await.unwrap()), expected);
    }
}

#[tokio::test]
async fn what_could_serve_nobody_is_no_server() {
    type Set = fn(Server) -> Server;
    let zero: [Set; 4] = [
        |server| server.header_timeout(Duration::ZERO),
        |server| server.idle_timeout(Duration::ZERO),
        |server| server.write_timeout(Duration::ZERO),
        |server| server.max_connections(0),
    ];
    for set in zero {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let served = set(Server::new(plain())).serve_until(listener, std::future::pending());
        let served = tokio::time::timeout(Duration::from_secs(5), served)
            .await
            .expect("it serves");
        assert_eq!(served.unwrap_err().kind(), std::io::ErrorKind::InvalidInput);
    }
}

/// A head without an end is cut off, and little of it is kept.
#[tokio::test]
async fn l11_a_head_is_bounded_as_it_is_read() {
    let address = serve_with(plain(), |server| server).await;
    // The gate's own bound, and a problem.
    let mut raw = Raw::open(address).await;
    raw.send(head("GET /hello", &[&format!("x: {}", "x".repeat(33 * 1024))]))
        .await;
    let answer = raw.answer().await.unwrap();
    assert!(status(&answer) == 431 && answer.contains("problem+json"), "{answer}");
    // What is far above it is not even read to its end.
    let mut raw = Raw::open(address).await;
    raw.send(format!("GET /hello HTTP/1.1\r\nx: {}", "x".repeat(60 * 1024)))
        .await;
    let (time, said) = raw.end().await;
    assert!(
        time < Duration::from_secs(5) && status(&said) == 431,
        "{time:?}: {said}"
    );
}
