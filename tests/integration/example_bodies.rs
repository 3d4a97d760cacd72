//! What the example reads: every route against bodies of the wrong type, form and size.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, Request, StatusCode};
use hyper::body::Frame;

use crate::example_routes::{Input, ROWS, Row};
use crate::example_stand::{Expect, Stand};
use crate::support::{Answer, request, send_raw, serve};

/// The right caller's request, but with this body and content type.
fn with_body(stand: &Stand, row: &Row, content_type: Option<&str>, body: impl Into<Body>) -> Request<Body> {
    let authorization = format!("Bearer {}", row.token(stand, "alice").sign());
    let mut headers = vec![("authorization", authorization.as_str())];
    headers.extend(content_type.map(|value| ("content-type", value)));
    request(row.method, row.uri, &headers, body)
}

/// What a body that is refused with `status` gets: the refusal where bodies are read, the success where they are not.
fn refused_where_read(row: &Row, status: u16) -> Expect {
    match row.body {
        Input::Json { .. } => Expect::Refused(status, None),
        Input::NotRead => Expect::Success,
    }
}

/// The right document, followed by spaces up to this length: too long or not, it is good JSON.
fn padded(row: &Row, length: usize) -> String {
    let right = match row.body {
        Input::Json { right, .. } => right,
        Input::NotRead => "",
    };
    format!("{right}{}", " ".repeat(length.saturating_sub(right.len())))
}

/// Above the largest body of the row; where no body is read, above the default of every route.
fn oversize(row: &Row) -> usize {
    match row.body {
        Input::Json { cap, .. } => cap + 1,
        Input::NotRead => 1024 * 1024 + 1,
    }
}

#[tokio::test]
async fn b2_other_content_types_are_415_and_told_which_is_read() {
    for content_type in [
        None,
        Some("text/plain"),
        Some("application/x-www-form-urlencoded"),
        Some("application/jsonp"),
        Some("text/json"),
        Some("application/json, text/plain"),
        Some("json"),
        Some(""),
    ] {
        for row in &ROWS {
            let stand = Stand::new();
            let what = format!("{content_type:?}");
            let request = with_body(&stand, row, content_type, padded(row, 0));
            let expect = refused_where_read(row, 415);
            let answer = stand.check(row, &what, request, &expect).await;
            let accept = matches!(expect, Expect::Refused(..)).then_some("application/json");
            assert_eq!(answer.header("accept"), accept, "{} {what}", row.template);
        }
    }
}

#[tokio::test]
async fn b2_two_content_types_are_none() {
    for row in &ROWS {
        let stand = Stand::new();
        let mut request = with_body(&stand, row, Some("application/json"), padded(row, 0));
        let second = HeaderValue::from_static("application/json");
        request.headers_mut().append("content-type", second);
        stand.check(row, "twice", request, &refused_where_read(row, 415)).await;
    }
}

#[tokio::test]
async fn b3_what_is_not_json_is_400() {
    for row in &ROWS {
        let right = padded(row, 0).into_bytes();
        let truncated = right[..right.len() / 2].to_vec();
        let trailing = [&right[..], b"{}"].concat();
        let bad_utf8 = [right.strip_suffix(b"}").unwrap_or_default(), b",\"\xff\":1}"].concat();
        for body in [
            Vec::new(),
            b"{".to_vec(),
            b"name=x".to_vec(),
            truncated,
            trailing,
            bad_utf8,
        ] {
            let stand = Stand::new();
            let what = String::from_utf8_lossy(&body).into_owned();
            let request = with_body(&stand, row, Some("application/json"), body);
            stand.check(row, &what, request, &refused_where_read(row, 400)).await;
        }
    }
}

/// Two readers of one document must not see two values.
#[tokio::test]
async fn b3_duplicate_keys_are_400() {
    for row in &ROWS {
        let stand = Stand::new();
        let twice = match row.body {
            Input::Json { right, .. } => format!("{},{}", right.trim_end_matches('}'), right.trim_start_matches('{')),
            Input::NotRead => String::new(),
        };
        let request = with_body(&stand, row, Some("application/json"), twice);
        stand
            .check(row, "duplicate keys", request, &refused_where_read(row, 400))
            .await;
    }
}

#[tokio::test]
async fn b1_b5_json_that_breaks_a_rule_is_422() {
    for row in &ROWS {
        for body in [
            "null",
            "[]",
            "{}",
            r#"{"name":"","bio":""}"#,
            r#"{"name":"A","bio":"B","user_id":"bob"}"#,
            r#"{"name":"A","bio":["B"]}"#,
            r#"["A","B"]"#,
            r#"{"amount":0}"#,
            r#"{"amount":-4000}"#,
            r#"{"amount":"4000"}"#,
            r#"{"amount":4000.0}"#,
            r#"{"amount":4000,"approved":true}"#,
            r#"{"amount":9223372036854775808}"#,
        ] {
            let stand = Stand::new();
            let request = with_body(&stand, row, Some("application/json"), body);
            stand.check(row, body, request, &refused_where_read(row, 422)).await;
        }
    }
}

/// Everything about a body comes after everything about the caller: who may not call learns nothing of what is read.
#[tokio::test]
async fn the_body_is_not_looked_at_before_the_caller_is_known() {
    for row in ROWS.iter().filter(|row| row.body != Input::NotRead) {
        for (content_type, body) in [
            ("text/plain", "{".to_owned()),
            ("application/json", padded(row, 100_000)),
        ] {
            let stand = Stand::new();
            let headers = [("content-type", content_type), ("content-length", "100000")];
            let (answer, queries) = stand.ask(request(row.method, row.uri, &headers, body.clone())).await;
            answer.assert_problem(401);
            let authorization = format!("Bearer {}", row.token(&stand, "alice").scope("other").sign());
            let headers = [headers[0], headers[1], ("authorization", &authorization)];
            let (answer, more) = stand.ask(request(row.method, row.uri, &headers, body)).await;
            answer.assert_problem(403);
            assert_eq!(queries + more, 0, "{}", row.template);
        }
    }
}

#[tokio::test]
async fn l1_a_body_of_exactly_the_cap_is_read() {
    for row in &ROWS {
        let stand = Stand::new();
        let body = padded(row, oversize(row) - 1);
        let request = with_body(&stand, row, Some("application/json"), body);
        stand.check(row, "the cap", request, &Expect::Success).await;
    }
}

/// A body that comes in pieces and does not say how long it is.
struct Chunks(VecDeque<Bytes>);

impl hyper::body::Body for Chunks {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.0.pop_front().map(|chunk| Ok(Frame::data(chunk))))
    }
}

#[tokio::test]
async fn l1_a_byte_above_the_cap_is_413() {
    for row in &ROWS {
        let body = padded(row, oversize(row));
        // Announced; not announced; announced as less than it is, which HTTP/1 cannot say and other transports can.
        for announced in [Some(body.len().to_string()), None, Some("2".to_owned())] {
            let stand = Stand::new();
            let chunks = Chunks(body.as_bytes().chunks(512).map(Bytes::copy_from_slice).collect());
            let mut request = with_body(&stand, row, Some("application/json"), Body::new(chunks));
            if let Some(length) = &announced {
                let length = HeaderValue::try_from(length).unwrap();
                request.headers_mut().insert("content-length", length);
            }
            let what = format!("{} bytes, announced {announced:?}", body.len());
            stand.check(row, &what, request, &refused_where_read(row, 413)).await;
        }
    }
}

/// The first answer of what came over a socket.
fn first_answer(raw: &str) -> Answer {
    let (head, rest) = raw
        .split_once("\r\n\r\n")
        .unwrap_or_else(|| panic!("no answer: {raw:?}"));
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.strip_prefix("HTTP/1.1 ")).unwrap();
    let mut answer = Answer {
        status: StatusCode::from_bytes(&status.as_bytes()[..3]).unwrap(),
        headers: Default::default(),
        body: rest.as_bytes().to_vec(),
    };
    for line in lines {
        let (name, value) = line.split_once(": ").unwrap();
        let name: axum::http::HeaderName = name.parse().unwrap();
        answer.headers.append(name, value.parse().unwrap());
    }
    let length = answer
        .header("content-length")
        .map_or(0, |length| length.parse().unwrap());
    answer.body.truncate(length);
    answer
}

/// Sends these header lines and bytes over a socket, as the right caller.
async fn over_a_socket(stand: &Stand, row: &Row, lines: &str, body: &str) -> (String, u64) {
    let address = serve(stand.app.clone()).await;
    let token = row.token(stand, "alice").sign();
    let (method, uri) = (row.method, row.uri);
    let head = format!(
        "{method} {uri} HTTP/1.1\r\nhost: api\r\nauthorization: Bearer {token}\r\ncontent-type: application/json\r\n"
    );
    let before = stand.db.queries();
    let raw = send_raw(address, format!("{head}{lines}\r\n{body}").as_bytes()).await;
    (raw, stand.db.queries() - before)
}

#[tokio::test]
async fn l1_over_a_socket_a_body_in_chunks_is_counted() {
    for row in &ROWS {
        let stand = Stand::new();
        // Where no body is read the size is arbitrary.
        let size = match row.body {
            Input::Json { cap, .. } => cap + 1,
            Input::NotRead => 5000,
        };
        let chunks: String = padded(row, size)
            .as_bytes()
            .chunks(1000)
            .fold(String::new(), |all, chunk| {
                format!("{all}{:x}\r\n{}\r\n", chunk.len(), String::from_utf8_lossy(chunk))
            });
        let lines = "connection: close\r\ntransfer-encoding: chunked\r\n";
        let (raw, queries) = over_a_socket(&stand, row, lines, &format!("{chunks}0\r\n\r\n")).await;
        row.assert("chunked", &first_answer(&raw), queries, &refused_where_read(row, 413));
    }
}

/// Announced is 413 at once: the server does not wait for what it will not read.
#[tokio::test]
async fn l1_over_a_socket_more_announced_than_sent_is_not_waited_for() {
    for row in &ROWS {
        let stand = Stand::new();
        let lines = format!("connection: close\r\ncontent-length: {}\r\n", oversize(row));
        let (raw, queries) = over_a_socket(&stand, row, &lines, "{").await;
        row.assert("announced", &first_answer(&raw), queries, &refused_where_read(row, 413));
    }
}

/// What is sent above what was announced is no part of the body, and no request that anybody answers.
#[tokio::test]
async fn l1_over_a_socket_more_sent_than_announced_opens_nothing() {
    for row in &ROWS {
        let stand = Stand::new();
        let surplus = format!("{}\r\n\r\n", padded(row, oversize(row)));
        let (raw, queries) = over_a_socket(&stand, row, "content-length: 10\r\n", &surplus).await;
        // Ten bytes of JSON are no JSON; where no body is read, they are skipped.
        let expect = refused_where_read(row, 400);
        row.assert("ten bytes announced", &first_answer(&raw), queries, &expect);
        let successes = raw.matches("HTTP/1.1 2").count();
        assert_eq!(successes, usize::from(matches!(expect, Expect::Success)), "{raw}");
    }
}
