//! B7: twice the input takes twice the time, whatever is in it.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use axum::extract::Form;
use axum::http::StatusCode;
use axum::{Json, Router};
use secure_runtime::testing::TestIssuer;
use secure_runtime::{SecureRouter, Security, input, secure};
use serde_json::json;
use tokio::runtime::Builder;

use super::{search, take_anything, take_form, take_order};
use crate::support::{request, router, send};

/// Patterns over which an engine that backtracks takes exponential, or at least quadratic, time.
#[input]
struct Patterns {
    #[input(length(max = 4_000_000), pattern = "^(a+)+$")]
    plus: Option<String>,
    #[input(length(max = 4_000_000), pattern = "^(a|a)*b$")]
    either: Option<String>,
    #[input(length(max = 4_000_000), pattern = "^(a*)*(a*)*(a*)*b$")]
    stars: Option<String>,
    #[input(length(max = 4_000_000), pattern = "^([a-z]+[0-9]?)*[.]$")]
    words: Option<String>,
    #[input(email)]
    email: Option<String>,
    #[input(length(max = 4_000_000), url)]
    url: Option<String>,
}

#[secure(post = "/patterns", public = "a test", max_body = "8MiB")]
async fn take_patterns(Json(_): Json<Patterns>) -> StatusCode {
    StatusCode::NO_CONTENT
}

#[secure(post = "/pattern-forms", public = "a test", max_body = "8MiB")]
async fn take_pattern_form(Form(_): Form<Patterns>) -> StatusCode {
    StatusCode::NO_CONTENT
}

/// As deep as a text may be.
#[input]
struct Tree {
    #[input(range(max = 9))]
    value: u8,
    #[input(length(max = 1_000_000))]
    children: Vec<Tree>,
}

#[secure(post = "/trees", public = "a test", max_body = "8MiB")]
async fn take_tree(Json(_): Json<Tree>) -> StatusCode {
    StatusCode::NO_CONTENT
}

const MIB: usize = 1024 * 1024;

/// No mebibyte may take as long, in a debug build on a busy machine.
const CAP: Duration = Duration::from_millis(900);

/// The most by which the time may grow when the input doubles: 2, and room for caches and allocators. A quadratic reader
/// has 4, and so have most that are worse.
const GROWTH: f64 = 3.2;

/// Below, the clock and the machine say more than the input.
const NOISE: Duration = Duration::from_millis(4);

struct Stand {
    router: Router,
    runtime: tokio::runtime::Runtime,
}

impl Stand {
    fn new() -> Self {
        let security = Security::builder(TestIssuer::default().jwt()).default_rate("1000000/s");
        let endpoints = (
            (take_order, take_anything, search, take_form),
            (take_patterns, take_pattern_form, take_tree),
        );
        Self {
            router: router(SecureRouter::new(security).mount(endpoints).build().unwrap()),
            runtime: Builder::new_current_thread().enable_all().build().unwrap(),
        }
    }

    /// The shortest of several runs: whatever else the machine does only makes it longer.
    fn time(&self, path: &str, body: &[u8], runs: usize) -> Duration {
        let media = if path.contains("form") {
            "application/x-www-form-urlencoded"
        } else {
            "application/json"
        };
        let run = || {
            let request = request("POST", path, &[("content-type", media)], body.to_vec());
            let began = time_spent();
            let answer = self.runtime.block_on(send(&self.router, request));
            let took = time_spent() - began;
            assert!(answer.status.as_u16() < 500, "{answer:?}");
            took
        };
        (0..runs).map(|_| run()).min().unwrap()
    }

    /// `make` gives a body of about so many bytes.
    fn check(&self, what: &str, path: &str, make: impl Fn(usize) -> Vec<u8>) {
        let (half, whole) = (make(MIB / 2), make(MIB));
        for body in [&half, &whole] {
            assert!(body.len() <= MIB + 4096, "{what}: {}", body.len());
        }
        let mut seen = Vec::new();
        // Several goes: on a machine that others load a single one may go wrong.
        for runs in [2, 6, 12] {
            let (short, long) = (self.time(path, &half, runs), self.time(path, &whole, runs));
            let growth = long.as_secs_f64() / short.max(NOISE).as_secs_f64();
            if growth <= GROWTH && long <= CAP {
                return;
            }
            seen.push((short, long));
        }
        panic!("{what}: {seen:?}");
    }
}

/// The processor time of this thread, which does all of the work. What else the machine does is not in it. Where the system
/// does not tell, the time on the wall.
fn time_spent() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    // The number is brought up to date when the thread is rescheduled.
    std::thread::yield_now();
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = told.and_then(|told| told.split(' ').next()?.parse().ok());
    nanos.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

/// As many pieces as fit, separated by commas, between these.
fn list(size: usize, open: &str, piece: impl Fn(usize) -> String, close: &str) -> Vec<u8> {
    let mut text = open.to_owned();
    for i in 0.. {
        let piece = piece(i);
        if text.len() + piece.len() + close.len() + 1 > size {
            break;
        }
        if i > 0 {
            text.push(',');
        }
        text.push_str(&piece);
    }
    text.push_str(close);
    text.into_bytes()
}

#[test]
fn b7_many_members_take_linear_time() {
    let stand = Stand::new();
    for path in ["/anything", "/orders"] {
        let member = |i: usize| format!("\"m{i}\":0");
        stand.check("members", path, |size| list(size, "{", member, "}"));
        let duplicate = |size| list(size, "{", member, ",\"m7000\":0}");
        stand.check("a duplicate at the end", path, duplicate);
        let objects = |i: usize| format!("{{\"m{i}\":0,\"n{i}\":1}}");
        stand.check("objects", path, |size| list(size, "[", objects, "]"));
        // Sixteen names that are compared one by one, all alike but for their ends.
        let alike = |size: usize| {
            let long = "x".repeat(size / 34);
            list(size, "{", |i| format!("\"{long}{i:04}\":0"), "}")
        };
        stand.check("names with one beginning", path, alike);
        let escaped = |i: usize| format!("\"\\u006d{i}\":0");
        stand.check("escaped names", path, |size| list(size, "{", escaped, "}"));
    }
    stand.check("a map", "/orders", |size| {
        list(size, "{\"labels\":{", |i| format!("\"m{i}\":\"sixsix\""), "}}")
    });
}

#[test]
fn b7_depth_takes_linear_time() {
    let stand = Stand::new();
    for path in ["/anything", "/orders"] {
        stand.check("opened", path, |size| "[".repeat(size).into_bytes());
        stand.check("opened objects", path, |size| "{\"a\":".repeat(size / 5).into_bytes());
        let deep = format!("{}{}", "[".repeat(63), "]".repeat(63));
        stand.check("deep lists", path, |size| list(size, "[", |_| deep.clone(), "]"));
        let deep = format!("{}1{}", "{\"a\":".repeat(63), "}".repeat(63));
        stand.check("deep objects", path, |size| list(size, "[", |_| deep.clone(), "]"));
    }
}

/// What is wrong stands at the very end, as deep as can be, behind everything else: each level around it is unreadable.
#[test]
fn b7_looking_for_faults_takes_linear_time() {
    let stand = Stand::new();
    let open = "{\"value\":1,\"children\":[".repeat(30);
    let close = ",{\"value\":\"x\",\"children\":[]}".to_owned() + &"]}".repeat(30);
    let leaf = |_| "{\"value\":1,\"children\":[]}".to_owned();
    stand.check("a fault far in", "/trees", |size| list(size, &open, leaf, &close));
    let bad = |_| "{\"value\":10,\"children\":[]}".to_owned();
    stand.check("faults far in", "/trees", |size| list(size, &open, bad, &close));
}

#[test]
fn b7_long_texts_take_linear_time() {
    let stand = Stand::new();
    for path in ["/anything", "/orders"] {
        for piece in ["\\\\", "\\\"", "\\u0061", "\\ud83e\\udd80", "a", "\u{1f980}"] {
            let long = |size: usize| piece.repeat(size / piece.len());
            stand.check(&format!("a text of {piece}"), path, |size| {
                format!("\"{}\"", long(size)).into_bytes()
            });
            stand.check(&format!("a name of {piece}"), path, |size| {
                format!("{{\"{}\":1}}", long(size)).into_bytes()
            });
            stand.check(&format!("a member of {piece}"), path, |size| {
                format!("{{\"name\":\"{}\"}}", long(size)).into_bytes()
            });
            stand.check(&format!("an open text of {piece}"), path, |size| {
                format!("\"{}", long(size)).into_bytes()
            });
        }
        for (begin, piece) in [("1", "0"), ("0.", "0"), ("1e", "0"), ("-9", "9"), ("1e-", "9")] {
            stand.check(&format!("a number {begin}{piece}"), path, |size| {
                format!("{begin}{}", piece.repeat(size)).into_bytes()
            });
        }
        stand.check("white space", path, |size| " ".repeat(size).into_bytes());
    }
}

#[test]
fn b7_violations_take_linear_time() {
    let stand = Stand::new();
    for item in [
        "{\"name\":\"\",\"count\":0}",
        "{\"name\":5,\"count\":\"x\"}",
        "{\"a\":1,\"b\":1}",
        "[]",
        "{}",
        "1",
    ] {
        stand.check(&format!("items {item}"), "/orders", |size| {
            list(size, "{\"items\":[", |_| item.to_owned(), "]}")
        });
    }
}

#[test]
fn b7_patterns_take_linear_time() {
    let stand = Stand::new();
    for member in ["plus", "either", "stars", "words", "email", "url"] {
        for (piece, end) in [
            ("a", ""),
            ("a", "!"),
            ("a.", "@"),
            ("a", "@a"),
            ("a@", ""),
            ("https://", "/"),
        ] {
            let text = |size: usize| format!("{}{end}", piece.repeat(size / piece.len()));
            stand.check(&format!("{member} of {piece} and {end}"), "/patterns", |size| {
                json!({ member: text(size) }).to_string().into_bytes()
            });
        }
        let labels = |size: usize| format!("a@{}", "a.".repeat(size / 2));
        stand.check(&format!("{member} of labels"), "/patterns", |size| {
            json!({ member: labels(size) }).to_string().into_bytes()
        });
        let path = |size: usize| format!("https://a/{}", "%41/../".repeat(size / 7));
        stand.check(&format!("{member} of a path"), "/patterns", |size| {
            json!({ member: path(size) }).to_string().into_bytes()
        });
    }
}

#[test]
fn b7_forms_take_linear_time() {
    let stand = Stand::new();
    let words = |size: usize, piece: &dyn Fn(usize) -> String| {
        let mut text = "term=a".to_owned();
        for i in 0.. {
            let piece = piece(i);
            if text.len() + piece.len() >= size {
                break;
            }
            text.push('&');
            text.push_str(&piece);
        }
        text.into_bytes()
    };
    stand.check("names", "/form", |size| words(size, &|i| format!("m{i}=1")));
    stand.check("escaped names", "/form", |size| words(size, &|i| format!("%6d{i}=%31")));
    stand.check("the same name", "/form", |size| words(size, &|_| "m=1".to_owned()));
    stand.check("nothing", "/form", |size| words(size, &|_| String::new()));
    for piece in ["a", "%41", "+", "%", "=", "%C3%BC"] {
        let long = |size: usize| piece.repeat(size / piece.len());
        for (path, begin) in [("/form", ""), ("/form", "term="), ("/pattern-forms", "stars=")] {
            stand.check(&format!("{begin}{piece}"), path, |size| {
                format!("{begin}{}", long(size)).into_bytes()
            });
        }
    }
}
