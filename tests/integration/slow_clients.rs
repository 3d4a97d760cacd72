//! A thousand clients that send a byte now and then, and everybody else, who must not notice.

use std::net::SocketAddr;
use std::process::Command;
use std::time::{Duration, Instant};

use axum::Json;
use secure_runtime::policy::ByteSize;
use secure_runtime::testing::TestIssuer;
use secure_runtime::{FileRules, FileType, Problem, SecureApp, SecureRouter, Security, Upload, input, secure};
use tokio::sync::Mutex;

use crate::serving::raw::{Raw, head, serve_with, status};

const SLOW: usize = 1_000;
const OTHERS: usize = 4;
const RULES: FileRules = FileRules::new(ByteSize::new(1 << 20), &[FileType::Png]);

/// One flood at a time: they measure.
static TURN: Mutex<()> = Mutex::const_new(());

#[input]
struct Note {
    #[input(length(max = 10_000))]
    text: String,
}

#[secure(post = "/notes", authenticated, rate("100000/s", per = "endpoint"))]
async fn write_note(Json(note): Json<Note>) -> String {
    note.text
}

/// It reads to the end in the handler, which is where a sink would be.
#[secure(put = "/file", authenticated, rate("100000/s", per = "endpoint"))]
async fn put_file(upload: Upload) -> Result<(), Problem> {
    let mut sink = Vec::new();
    upload.file(&RULES).await?.copy_to(&mut sink).await?;
    Ok(())
}

fn app(issuer: &TestIssuer) -> SecureApp {
    let security = Security::builder(issuer.jwt()).default_body_timeout("2s");
    SecureRouter::new(security)
        .mount((write_note, put_file))
        .build()
        .unwrap()
}

fn authorization(issuer: &TestIssuer) -> String {
    format!("authorization: Bearer {}", issuer.token("alice").sign())
}

/// The test and the server have both ends of each connection, so the process needs more descriptors than a shell gives it on
/// many machines.
fn have_descriptors() {
    let needed = 3 * SLOW;
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let line = limits.lines().find(|line| line.starts_with("Max open files"));
    let soft = line.and_then(|line| line.split_whitespace().nth(3)?.parse::<usize>().ok());
    if soft.is_none_or(|soft| soft >= needed) {
        return;
    }
    let process = std::process::id().to_string();
    let raised = Command::new("prlimit")
        .args(["--pid", &process, &format!("--nofile={needed}:")])
        .status();
    assert!(
        raised.is_ok_and(|status| status.success()),
        "this test needs {needed} file descriptors: run it after `ulimit -n {needed}`"
    );
}

/// How long each request of the others took, sorted.
struct Times(Vec<Duration>);

impl Times {
    fn percentile(&self, percent: usize) -> Duration {
        self.0[(self.0.len() - 1) * percent / 100]
    }

    /// Requests of a few clients for so long: every other one on a connection of its own.
    async fn take(address: SocketAddr, authorization: &str, time: Duration) -> Self {
        let body = r#"{"text":"hello"}"#;
        let length = format!("content-length: {}", body.len());
        let request = head(
            "POST /notes",
            &[authorization, "content-type: application/json", &length],
        ) + body;
        let began = Instant::now();
        let clients = (0..OTHERS).map(|_| {
            let request = request.clone();
            tokio::spawn(async move {
                let (mut kept, mut times) = (Raw::open(address).await, Vec::new());
                while began.elapsed() < time {
                    for is_new in [false, true] {
                        let start = Instant::now();
                        let mut fresh = if is_new { Some(Raw::open(address).await) } else { None };
                        let raw = fresh.as_mut().unwrap_or(&mut kept);
                        raw.send(&request).await;
                        let answer = raw.answer().await.unwrap();
                        assert!(
                            answer.starts_with("HTTP/1.1 200") && answer.ends_with("hello"),
                            "{answer}"
                        );
                        times.push(start.elapsed());
                    }
                    tokio::time::sleep(Duration::from_millis(4)).await;
                }
                times
            })
        });
        let mut times = Vec::new();
        for client in clients.collect::<Vec<_>>() {
            times.extend(client.await.unwrap());
        }
        times.sort();
        Self(times)
    }
}

/// A client that sends this, and then a byte a hundred milliseconds; when it was dropped, and what it was told.
async fn drip(address: SocketAddr, begin: String, byte: &'static str) -> (Duration, String) {
    let mut raw = Raw::open(address).await;
    raw.send(begin).await;
    while raw.is_open_for(Duration::from_millis(100)).await {
        assert!(raw.opened.elapsed() < Duration::from_secs(40), "it is never dropped");
        raw.send(byte).await;
    }
    let said = raw.end().await.1;
    (raw.opened.elapsed(), said)
}

/// The others alone, then the others beside a thousand slow ones; when each of those was dropped, and what it was told.
async fn flood(
    what: &str,
    address: SocketAddr,
    issuer: &TestIssuer,
    begin: impl Fn(usize) -> (String, &'static str),
) -> Vec<(Duration, String)> {
    let authorization = authorization(issuer);
    let time = Duration::from_millis(2_500);
    Times::take(address, &authorization, Duration::from_millis(500)).await;
    let alone = Times::take(address, &authorization, time).await;
    let slow: Vec<_> = (0..SLOW)
        .map(|i| {
            let (begin, byte) = begin(i);
            tokio::spawn(drip(address, begin, byte))
        })
        .collect();
    let beside = Times::take(address, &authorization, time).await;
    let mut dropped = Vec::new();
    for slow in slow {
        dropped.push(slow.await.unwrap());
    }
    let times = dropped.iter().map(|(time, _)| *time);
    eprintln!(
        "{what}: p50 {:?} alone, {:?} beside; p99 {:?} alone, {:?} beside ({} and {} requests); dropped after {:?} to {:?}",
        alone.percentile(50),
        beside.percentile(50),
        alone.percentile(99),
        beside.percentile(99),
        alone.0.len(),
        beside.0.len(),
        times.clone().min().unwrap(),
        times.clone().max().unwrap(),
    );
    assert!(
        beside.percentile(50) < Duration::from_millis(250),
        "{:?}",
        beside.percentile(50)
    );
    assert!(
        beside.percentile(99) < Duration::from_secs(2),
        "{:?}",
        beside.percentile(99)
    );
    for time in times {
        assert!(
            (Duration::from_millis(1_500)..Duration::from_secs(12)).contains(&time),
            "{time:?} where 2 s are due"
        );
    }
    dropped
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn l11_a_thousand_slow_heads_delay_nobody_else() {
    let _turn = TURN.lock().await;
    have_descriptors();
    let issuer = TestIssuer::default();
    let address = serve_with(app(&issuer), |server| server.header_timeout(Duration::from_secs(2))).await;
    let begin = |i: usize| match i % 3 {
        0 => ("POST /not".to_owned(), "e"),
        1 => ("POST /notes HTTP/1.1\r\nhost: api.test\r\nx: ".to_owned(), "x"),
        _ => (String::new(), "\n"),
    };
    for (_, said) in flood("slow heads", address, &issuer, begin).await {
        assert!(said.is_empty(), "{said}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn l11_a_thousand_slow_bodies_delay_nobody_else() {
    let _turn = TURN.lock().await;
    have_descriptors();
    let issuer = TestIssuer::default();
    let address = serve_with(app(&issuer), |server| server).await;
    let authorization = authorization(&issuer);
    let begin = |i: usize| match i % 3 {
        0 => {
            let lines = [&authorization, "content-type: application/json", "content-length: 9000"];
            (head("POST /notes", &lines) + "{\"text\":\"", "x")
        }
        1 => {
            let lines = [
                &authorization,
                "content-type: application/json",
                "transfer-encoding: chunked",
            ];
            (head("POST /notes", &lines) + "9\r\n{\"text\":\"\r\n", "1\r\nx\r\n")
        }
        _ => {
            let lines = [&authorization, "content-type: image/png", "content-length: 9000"];
            (head("PUT /file", &lines), "x")
        }
    };
    for (_, said) in flood("slow bodies", address, &issuer, begin).await {
        assert_eq!(status(&said), 408, "{said}");
        assert!(
            said.contains("connection: close") && said.contains("application/problem+json"),
            "{said}"
        );
    }
}

/// Nobody waits for the body of who is refused: not even a hundred milliseconds.
#[tokio::test]
async fn l11_a_slow_body_of_nobody_in_particular_is_not_waited_for() {
    let issuer = TestIssuer::default();
    let address = serve_with(app(&issuer), |server| server).await;
    for lines in [
        ["content-type: application/json", "content-length: 9000"],
        ["content-type: application/json", "transfer-encoding: chunked"],
    ] {
        let mut raw = Raw::open(address).await;
        raw.send(head("POST /notes", &lines)).await;
        let (time, said) = raw.end().await;
        assert_eq!(status(&said), 401);
        assert!(time < Duration::from_millis(1_500), "{time:?}");
    }
}
