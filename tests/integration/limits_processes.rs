//! Four processes of the example with one Redis: what they admit together is what the limit says, to the request.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::Request;
use http_body_util::BodyExt as _;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use crate::example_binary::{Scratch, Server, build};
use crate::peers;

const QUOTA: usize = 500;
const WINDOW: u64 = 5;
const CLIENTS: usize = 64;

/// How many requests, over all clients: a few in the gate, a million by `LIMIT_REQUESTS=1000000` and a release build.
fn requests() -> usize {
    std::env::var("LIMIT_REQUESTS").map_or(20_000, |requests| requests.parse().unwrap())
}

fn configuration(folder: &Path, redis: &str) {
    let file = format!(
        r#"
[redis]
url = {{ file = "redis-url" }}

[shared_limits]
secret = {{ file = "limit-secret" }}
outage = "deny"

[[override]]
limit = "catalogue"
rate = "{QUOTA}/{WINDOW}s"

[[jwt]]
issuer = "https://id.profile-api.example"
audience = "https://profile-api.example"
discover = false

[[jwt.key]]
algorithm = "ES256"
public_key = {{ file = "profile-api-data/identity-provider.pub.pem" }}
"#
    )
    .replace("discover = false\n", "");
    std::fs::write(folder.join("security.toml"), file).unwrap();
    std::fs::write(folder.join("redis-url"), redis).unwrap();
    std::fs::write(folder.join("limit-secret"), "a secret of the test, of 32 bytes or more").unwrap();
}

/// One keep-alive client: requests until they are used up, and then until it is refused, so that the last window is used up as
/// well. What remains after each admitted one, and how many were refused.
async fn client(address: String, left: std::sync::Arc<std::sync::atomic::AtomicIsize>) -> (Vec<usize>, usize) {
    use std::sync::atomic::Ordering;
    let socket = TcpStream::connect(&address).await.unwrap();
    socket.set_nodelay(true).unwrap();
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(socket))
        .await
        .unwrap();
    tokio::spawn(connection);
    let (mut admitted, mut refused) = (Vec::new(), 0);
    loop {
        let is_last = left.fetch_sub(1, Ordering::Relaxed) <= 0;
        let request = Request::builder()
            .uri("/catalogue")
            .header("host", &address)
            .body(Body::empty())
            .unwrap();
        sender.ready().await.unwrap();
        let response = sender.send_request(request).await.unwrap();
        let status = response.status().as_u16();
        let remaining = response.headers()["x-ratelimit-remaining"].to_str().unwrap().parse();
        response.into_body().collect().await.unwrap();
        match status {
            200 => admitted.push(remaining.unwrap()),
            429 if is_last => return (admitted, refused + 1),
            429 => refused += 1,
            other => panic!("{other}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn l10_four_processes_admit_together_exactly_what_the_limit_says() {
    let redis = peers::redis::Redis::start();
    let (program, folder) = (build(), Scratch::new());
    configuration(folder.path(), &redis.url());
    let servers: Vec<_> = (0..4)
        .map(|_| {
            Server::start_with(
                &program,
                folder.path(),
                &["--config".as_ref(), &folder.path().join("security.toml")],
            )
        })
        .collect();
    // A window that is about to end would not be used up.
    while redis.time() % WINDOW == WINDOW - 1 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let left = std::sync::Arc::new(std::sync::atomic::AtomicIsize::new(requests() as isize));
    let window = || redis.time() / WINDOW;
    let (first, began) = (window(), Instant::now());
    let clients: Vec<_> = (0..CLIENTS)
        .map(|i| tokio::spawn(client(servers[i % 4].address(), left.clone())))
        .collect();
    let (mut seen, mut admitted, mut refused) = (BTreeMap::new(), 0, 0);
    for client in clients {
        let (remaining, no) = client.await.unwrap();
        admitted += remaining.len();
        refused += no;
        for remaining in remaining {
            *seen.entry(remaining).or_insert(0u64) += 1;
        }
    }
    let (windows, took) = (window() - first + 1, began.elapsed());
    println!(
        "{} requests by {CLIENTS} clients on 4 processes in {took:.1?}, {windows} windows of {WINDOW} s: {admitted} admitted, {refused} refused",
        admitted + refused
    );
    assert!(admitted + refused >= requests());
    // Every place of every window was given to exactly one request.
    assert_eq!(seen.len(), QUOTA);
    assert!(seen.values().all(|times| *times == windows), "{windows}: {seen:?}");
    assert_eq!(admitted as u64, windows * QUOTA as u64);
}
