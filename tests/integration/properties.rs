//! What no input may do, whatever it is: make the server fail, or open what only a good token opens.
//!
//! A panic in a check or a handler is answered with 500, so an answer below 500 also says that nothing panicked.

use std::cell::Cell;
use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderValue, Request};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use tokio::runtime::{Builder, Runtime};

use crate::example_stand::Stand;
use crate::support::{Answer, request};

/// One example for all cases of a property.
pub(crate) struct Bench {
    stand: Stand,
    runtime: Runtime,
}

impl Bench {
    pub(crate) fn new() -> Self {
        Self {
            stand: Stand::with(|security| {
                security
                    .failed_authentication_rate("1000000/s")
                    .lock_out(secure_runtime::LockOut::after(10_000))
            }),
            runtime: Builder::new_current_thread().enable_all().build().unwrap(),
        }
    }

    /// The answer, with no limit in its way: between two requests there is time for every bucket to gain one.
    pub(crate) fn ask(&self, request: Request<Body>) -> Answer {
        self.stand.clock.advance(Duration::from_secs(10));
        self.runtime.block_on(self.stand.ask(request)).0
    }

    fn ask_with(&self, path: &str, authorization: &[u8]) -> Answer {
        let mut request = request("GET", path, &[], Body::empty());
        let value = HeaderValue::from_bytes(authorization).unwrap();
        request.headers_mut().append("authorization", value);
        self.ask(request)
    }

    /// Alice's token for everything but the administrators' scope, which outlives every case.
    pub(crate) fn good_token(&self) -> String {
        let scope = "read:profile write:profile read:orders approve:orders read:reports";
        let token = self.stand.token("alice").scope(scope).tenant("acme");
        token.roles(&["vice-president"]).claim("exp", 1e11).sign()
    }
}

/// Runs `test` on so many cases, and keeps the seed of one that fails.
pub(crate) fn check<S: Strategy>(
    file: &'static str,
    cases: u32,
    strategy: S,
    test: impl Fn(S::Value) -> Result<(), TestCaseError>,
) {
    let config = Config {
        cases,
        source_file: Some(file),
        ..Config::default()
    };
    TestRunner::new(config)
        .run(&strategy, test)
        .unwrap_or_else(|fault| panic!("{fault}"));
}

/// What can stand in a header's value: visible characters, space, tab, and bytes above ASCII.
fn header_byte() -> impl Strategy<Value = u8> {
    prop_oneof![8 => 0x20..=0x7e_u8, 1 => Just(b'\t'), 2 => 0x80..=0xff_u8]
}

fn base64url_byte() -> impl Strategy<Value = u8> {
    select(&b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[..])
}

#[test]
fn a3_no_authorization_header_breaks_or_opens_anything() {
    let bench = Bench::new();
    let scheme = select(vec![
        "", "Bearer ", "bearer  ", "BEARER\t", "Bearer", "Bearer =", "Basic ", "DPoP ",
    ]);
    let short = vec(header_byte(), 0..200);
    // Around the largest head, and far above the longest token.
    let long = (header_byte(), 15_000..34_000usize).prop_map(|(byte, length)| vec![byte; length]);
    let text = prop_oneof![15 => short, 1 => long];
    let value = (scheme, text).prop_map(|(scheme, text)| [scheme.as_bytes(), &text].concat());
    check(file!(), 1500, vec(value, 1..4), |values| {
        let mut asked = request("GET", "/users/alice/profile", &[], Body::empty());
        let mut size = 0;
        for value in &values {
            size += "authorization".len() + value.len();
            asked
                .headers_mut()
                .append("authorization", HeaderValue::from_bytes(value).unwrap());
        }
        let answer = bench.ask(asked);
        let expected = match values.len() {
            _ if size > 32 * 1024 => 431,
            1 => 401,
            _ => 400,
        };
        prop_assert_eq!(answer.status.as_u16(), expected);
        answer.assert_problem(expected);
        let challenged = answer
            .header("www-authenticate")
            .is_some_and(|value| value.starts_with("Bearer realm="));
        prop_assert_eq!(challenged, expected != 431);
        // Where no credential is looked at, none does harm.
        let answer = bench.ask_with("/health", &values[0]);
        let expected = if "authorization".len() + values[0].len() > 32 * 1024 {
            431
        } else {
            200
        };
        prop_assert_eq!(answer.status.as_u16(), expected);
        Ok(())
    });
    assert_eq!(
        bench
            .ask_with(
                "/users/alice/profile",
                format!("Bearer {}", bench.good_token()).as_bytes()
            )
            .status,
        200
    );
}

#[test]
fn j4_no_made_up_token_breaks_or_opens_anything() {
    let bench = Bench::new();
    let header = bench.good_token().split('.').next().unwrap().as_bytes().to_vec();
    let segment = prop_oneof![
        6 => vec(base64url_byte(), 0..120),
        2 => vec(header_byte(), 0..40),
        2 => Just(header),
        1 => Just(b"bnVsbA".to_vec()),
    ];
    check(file!(), 2000, vec(segment, 0..6), |segments| {
        let answer = bench.ask_with("/catalogue", &[b"Bearer ", &segments.join(&b'.')[..]].concat());
        prop_assert_eq!(answer.status.as_u16(), 401);
        answer.assert_problem(401);
        Ok(())
    });
}

/// One change of a token, somewhere in one of its segments.
#[derive(Clone, Debug)]
enum Change {
    Replace(u8),
    Insert(u8),
    Remove,
    Truncate,
}

/// Without the spaces around it, which are no part of a token. A tab is no space there (RFC 9110 §11.4).
fn trim_spaces(token: &[u8]) -> &[u8] {
    let start = token.iter().take_while(|byte| **byte == b' ').count();
    let spaces = token[start..].iter().rev().take_while(|byte| **byte == b' ').count();
    &token[start..token.len() - spaces]
}

#[test]
fn j5_no_changed_token_is_let_in() {
    let bench = Bench::new();
    let good = bench.good_token().into_bytes();
    let byte = || prop_oneof![3 => base64url_byte(), 1 => header_byte(), 1 => select(&b"=. "[..])];
    let change = prop_oneof![
        4 => byte().prop_map(Change::Replace),
        2 => byte().prop_map(Change::Insert),
        2 => Just(Change::Remove),
        1 => Just(Change::Truncate),
    ];
    // A segment, and a place in it; its last byte more often than others, for there hide the bits that nobody reads.
    let place = (
        0..3usize,
        prop_oneof![2 => any::<Index>().prop_map(Some), 1 => Just(None)],
    );
    let (unchanged, changed) = (Cell::new(0), Cell::new(0));
    check(file!(), 4000, vec((place, change), 1..3), |changes| {
        let mut segments: Vec<Vec<u8>> = good.split(|byte| *byte == b'.').map(<[u8]>::to_vec).collect();
        for ((segment, place), change) in changes {
            let bytes = &mut segments[segment];
            if bytes.is_empty() {
                continue;
            }
            let at = place.map_or(bytes.len() - 1, |index| index.index(bytes.len()));
            match change {
                Change::Replace(byte) => bytes[at] = byte,
                Change::Insert(byte) => bytes.insert(at, byte),
                Change::Remove => drop(bytes.remove(at)),
                Change::Truncate => bytes.truncate(at),
            }
        }
        let token = segments.join(&b'.');
        let same = trim_spaces(&token) == good;
        let counter = if same { &unchanged } else { &changed };
        counter.set(counter.get() + 1);
        let answer = bench.ask_with("/users/alice/profile", &[b"Bearer ", &token[..]].concat());
        prop_assert_eq!(answer.status.as_u16(), if same { 200 } else { 401 });
        Ok(())
    });
    assert!(changed.get() > 2000 && unchanged.get() > 0, "{changed:?} {unchanged:?}");
}

/// The bits at a segment's end that stand for nothing, one by one: not left to chance.
#[test]
fn j5_every_other_last_character_of_a_segment_is_refused() {
    let bench = Bench::new();
    let good = bench.good_token().into_bytes();
    let dots = good
        .iter()
        .enumerate()
        .filter(|(_, byte)| **byte == b'.')
        .map(|(at, _)| at - 1);
    for at in dots.chain([good.len() - 1]) {
        for other in 0x21..=0x7e_u8 {
            let mut token = good.clone();
            token[at] = other;
            let answer = bench.ask_with("/users/alice/profile", &[b"Bearer ", &token[..]].concat());
            let expected = if token == good { 200 } else { 401 };
            assert_eq!(answer.status, expected, "{}", String::from_utf8_lossy(&token));
        }
    }
}

/// What stands between the scheme and the token: spaces, as many as one likes, and nothing else (RFC 9110 §11.4).
#[test]
fn a7_only_spaces_stand_around_a_token() {
    let bench = Bench::new();
    let good = bench.good_token();
    let around = [
        (" ", "", 200),
        ("   ", "", 200),
        (" ", "  ", 200),
        ("", "", 401),
        ("\t", "", 401),
        (" \t", "", 401),
        ("\t ", "", 401),
        (" ", "\t", 401),
    ];
    for (before, after, expected) in around {
        let value = format!("Bearer{before}{good}{after}");
        let answer = bench.ask_with("/users/alice/profile", value.as_bytes());
        assert_eq!(answer.status, expected, "{before:?} {after:?}");
    }
}
