//! No path, however written, makes the server fail or opens what its caller's token does not.

use std::cell::Cell;

use axum::http::Uri;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::properties::{Bench, check};
use crate::support::request;

/// What alice's token opens, without the first slash.
const PATHS: [&str; 7] = [
    "health",
    "catalogue",
    "users/alice/profile",
    "users/alice/orders",
    "orders/1",
    "organisations/acme/report",
    "orders/1/approval",
];

/// What paths of the example are made of, and what looks like it.
const PIECES: &str = "users|alice|profile|orders|health|catalogue|organisations|acme|report|bob|approval|1|+1|..|.||%2e%2e|%2f|%61lice|alice%00|%41lice|%ff|%|%zz|users/alice/profile|orders/1|organisations/acme/report|orders/1/approval|users/bob";

#[test]
fn z8_no_path_breaks_or_opens_anything() {
    let bench = Bench::new();
    let authorization = format!("Bearer {}", bench.good_token());
    let pieces: Vec<_> = PIECES.split('|').collect();
    let encoded = vec(any::<u8>(), 0..12).prop_map(|bytes| bytes.iter().map(|byte| format!("%{byte:02x}")).collect());
    let literal = vec(select(&b"abcXYZ019-._~!$&'()*+,;=:@%/"[..]), 0..12);
    let literal = literal.prop_map(|bytes| String::from_utf8(bytes).unwrap());
    let long = (1..3000usize).prop_map(|length| "%2f.".repeat(length));
    let segment = prop_oneof![
        12 => select(pieces).prop_map(str::to_owned),
        3 => encoded,
        3 => literal,
        1 => long,
    ];
    let segment = segment.boxed();
    // A path that there is, possibly with one segment changed; or anything.
    let change = prop::option::of((any::<Index>(), segment.clone()));
    let near = (select(&PATHS[..]), change).prop_map(|(path, change)| {
        let mut segments: Vec<String> = path.split('/').map(str::to_owned).collect();
        if let Some((at, segment)) = change {
            let at = at.index(segments.len());
            segments[at] = segment;
        }
        segments
    });
    let query = prop_oneof![4 => Just(""), 1 => select(vec!["?", "?user_id=bob", "?%ff", "?access_token"])];
    let segments = prop_oneof![near, vec(segment, 1..6)];
    let path = (segments, query).prop_map(|(segments, query)| format!("/{}{query}", segments.join("/")));
    let method = prop_oneof![6 => Just("GET"), 1 => select(vec!["HEAD", "PUT", "POST", "PATCH", "DELETE", "OPTIONS"])];
    let (sent, opened) = (Cell::new(0), Cell::new(0));
    check(file!(), 3000, (method, path), |(method, path)| {
        if path.parse::<Uri>().is_err() {
            return Ok(()); // what is no URI does not get past hyper
        }
        sent.set(sent.get() + 1);
        let body = if method == "POST" {
            r#"{"amount":4000}"#
        } else {
            r#"{"name":"A","bio":""}"#
        };
        let headers = [
            ("authorization", authorization.as_str()),
            ("content-type", "application/json"),
        ];
        let answer = bench.ask(request(method, &path, &headers, body));
        prop_assert!(answer.status.as_u16() < 500, "{}", answer.status);
        if answer.status.is_success() {
            opened.set(opened.get() + 1);
            prop_assert!(is_alices(method, &path), "{} opened {} {}", answer.status, method, path);
        } else {
            prop_assert!(answer.status.is_client_error(), "{}", answer.status);
        }
        Ok(())
    });
    assert!(sent.get() > 2000 && opened.get() > 300, "{sent:?} {opened:?}");
}

/// Is this a path that alice's token opens, with nothing decoded but the names in it?
fn is_alices(method: &str, path: &str) -> bool {
    let path = path.split('?').next().unwrap_or_default();
    let segments: Vec<&str> = path.split('/').skip(1).collect();
    let is = |segment: &str, name: &str| decoded(segment) == name.as_bytes();
    let number = |segment: &str| String::from_utf8(decoded(segment)).is_ok_and(|text| text.parse::<i64>().is_ok());
    match (method, &segments[..]) {
        ("GET" | "HEAD", ["health" | "catalogue"]) => true,
        ("GET" | "HEAD" | "PUT", ["users", user, "profile"]) => is(user, "alice"),
        ("GET" | "HEAD", ["users", user, "orders"]) => is(user, "alice"),
        ("GET" | "HEAD", ["orders", order]) => number(order),
        ("GET" | "HEAD", ["organisations", tenant, "report"]) => is(tenant, "acme"),
        ("POST", ["orders", order, "approval"]) => number(order),
        _ => false,
    }
}

fn decoded(segment: &str) -> Vec<u8> {
    let mut parts = segment.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        match part.get(..2).and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => bytes.extend([&[byte], &part.as_bytes()[2..]].concat()),
            None => bytes.extend([b"%", part.as_bytes()].concat()),
        }
    }
    bytes
}
