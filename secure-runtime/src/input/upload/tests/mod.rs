//! Each rule, each way round.

mod forms;
mod kinds;
mod parts;
mod saving;
mod streaming;

use axum::body::{Body, Bytes, to_bytes};
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderName};
use axum::response::IntoResponse as _;
use secure_policy::ByteSize;
use serde_json::Value;

use super::{FileRules, FileType, Incoming, Multipart, Upload};
use crate::Problem;
use crate::input::{Argument, Extract};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0";
const GIF: &[u8] = b"GIF89a\x01\0\x01\0\0\0\0;";
const HTML: &[u8] = b"<!DOCTYPE html><script>alert(1)</script>";

/// At most 1000 bytes, of any picture.
const PICTURE: FileRules = FileRules::new(
    ByteSize::new(1000),
    &[FileType::Png, FileType::Jpeg, FileType::Gif, FileType::WebP],
);
/// At most 1000 bytes of text.
const TEXT: FileRules = FileRules::new(ByteSize::new(1000), &[FileType::PlainText]);

fn run<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
        .block_on(future)
}

fn argument<T: Argument + Extract<()>>(
    fields: &[(HeaderName, &str)],
    body: impl Into<Body>,
    max_body: u64,
) -> Result<T, Problem> {
    crate::input::encoding::tests::argument(fields, body.into(), max_body, false)
}

fn upload(media: &str, body: impl Into<Body>) -> Upload {
    argument(&[(CONTENT_TYPE, media)], body, ByteSize::MAX).unwrap()
}

fn form(body: impl Into<Body>) -> Multipart {
    argument(
        &[(CONTENT_TYPE, "multipart/form-data; boundary=b")],
        body,
        ByteSize::MAX,
    )
    .unwrap()
}

/// A form of parts, each a head and a content.
fn parts(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (head, content) in parts {
        body.extend_from_slice(b"--b\r\nContent-Disposition: form-data; ");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(b"\r\n\r\n");
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--b--\r\n");
    body
}

/// A body of these bytes, so many at a time, that may break off.
fn chunked(bytes: &[u8], size: usize, breaks_off: bool) -> Body {
    let chunks = bytes.chunks(size).map(|chunk| Ok(Bytes::copy_from_slice(chunk)));
    let end = breaks_off.then(|| Err(std::io::Error::other("the connection is gone")));
    Body::from_stream(futures_util::stream::iter(chunks.chain(end).collect::<Vec<_>>()))
}

/// Status, and `rule pointer` of what is wrong.
fn refusal<T>(result: Result<T, Problem>) -> (u16, String) {
    let response = result.map(|_| ()).unwrap_err().into_response();
    let status = response.status().as_u16();
    let body: Value = serde_json::from_slice(&run(to_bytes(response.into_body(), usize::MAX)).unwrap()).unwrap();
    let text = |violation: &Value, name: &str| violation[name].as_str().unwrap().to_owned();
    let errors = body["errors"].as_array().into_iter().flatten();
    let errors: Vec<String> = errors.map(|v| text(v, "rule") + " " + &text(v, "pointer")).collect();
    (status, errors.join(", "))
}

fn is(status: u16, errors: &str) -> (u16, String) {
    (status, errors.to_owned())
}

/// Opens the file and reads it to its end.
async fn whole(opened: impl Future<Output = Result<Incoming<'_>, Problem>>) -> Result<Bytes, Problem> {
    opened.await?.bytes().await
}

/// What becomes of a form that has one part, which is such a file.
fn single(body: impl Into<Body>, rules: &FileRules) -> Result<Bytes, Problem> {
    run(async {
        let mut form = form(body);
        let part = form.next().await?.unwrap();
        let bytes = whole(part.file(rules)).await?;
        assert!(form.next().await?.is_none());
        Ok(bytes)
    })
}

#[test]
fn an_upload_needs_a_content_type() {
    for fields in [
        &[][..],
        &[(CONTENT_TYPE, "")],
        &[(CONTENT_TYPE, "picture")],
        &[(CONTENT_TYPE, "image/png"), (CONTENT_TYPE, "image/gif")],
    ] {
        assert_eq!(
            refusal(argument::<Upload>(fields, PNG, 1000)),
            is(415, ""),
            "{fields:?}"
        );
    }
}

#[test]
fn a_form_is_declared_as_one() {
    for media in [
        "",
        "image/png",
        "application/x-www-form-urlencoded",
        "multipart/mixed; boundary=b",
    ] {
        let problem = argument::<Multipart>(&[(CONTENT_TYPE, media)], "", 1000).unwrap_err();
        let response = problem.into_response();
        assert_eq!(
            (response.status().as_u16(), &response.headers()["accept"]),
            (415, &"multipart/form-data".parse().unwrap())
        );
    }
    for boundary in [
        "",
        "; boundary=",
        "; boundary=\"a \"",
        "; boundary=\"a\\\\b\"",
        "; boundary=a; boundary=b",
        &format!("; boundary={}", "b".repeat(71)),
    ] {
        let media = format!("multipart/form-data{boundary}");
        assert_eq!(
            refusal(argument::<Multipart>(&[(CONTENT_TYPE, &media)], "", 1000)),
            is(400, ""),
            "{media}"
        );
    }
    for boundary in ["b", "\"a b\"", "----WebKitFormBoundaryAbc123", &"b".repeat(70)] {
        let media = format!("Multipart/Form-Data; Boundary={boundary}");
        assert!(
            argument::<Multipart>(&[(CONTENT_TYPE, &media)], "", 1000).is_ok(),
            "{media}"
        );
    }
}

#[test]
fn a_coded_upload_is_refused() {
    for coding in ["gzip", "x-gzip", "br", "identity, gzip"] {
        let coding = (CONTENT_ENCODING, coding);
        let file = argument::<Upload>(&[(CONTENT_TYPE, "image/png"), coding.clone()], PNG, 1000);
        assert_eq!(refusal(file), is(415, ""));
        let media = (CONTENT_TYPE, "multipart/form-data; boundary=b");
        let problem = argument::<Multipart>(&[media, coding], "", 1000).unwrap_err();
        assert_eq!(problem.into_response().headers()["accept-encoding"], "identity");
    }
    let gzip = b"\x1f\x8b\x08\0\0\0\0\0\0\x03";
    assert_eq!(
        refusal(run(upload("image/png", &gzip[..]).file(&PICTURE))),
        is(415, "media_type #")
    );
}
