//! Files and forms that stream, and bodies that are inflated, over whole applications.

use std::io::Write as _;
use std::path::{Path as FilePath, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};

use axum::Json;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{Request, StatusCode};
use hyper::body::Frame;
use secure_runtime::policy::ByteSize;
use secure_runtime::testing::TestIssuer;
use secure_runtime::{FileRules, FileType, Multipart, Problem, SecureRouter, Security, Upload, input, secure};

use crate::support::{Answer, request, router, send};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0";
const PICTURES: FileRules = FileRules::new(ByteSize::new(64 * 1024), &[FileType::Png, FileType::Jpeg]);

/// Where the application keeps its files.
#[derive(Clone)]
struct Folder(Arc<PathBuf>);

#[secure(
    put = "/users/{user_id}/picture",
    scope = "write:picture",
    owner = "user_id",
    max_body = "128KiB"
)]
async fn put_picture(
    Path(user_id): Path<String>,
    State(folder): State<Folder>,
    upload: Upload,
) -> Result<StatusCode, Problem> {
    let file = upload.file(&PICTURES).await?;
    let name = format!("{user_id}.{}", file.file_type().extension());
    file.save(folder.0.join(name)).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[secure(post = "/posts", scope = "write:posts", max_body = "128KiB")]
async fn post(State(folder): State<Folder>, mut form: Multipart) -> Result<String, Problem> {
    let (mut title, mut saved) = (None, None);
    while let Some(part) = form.next().await? {
        match part.name() {
            "title" => title = Some(part.text(20).await?),
            "picture" => saved = Some(part.file(&PICTURES).await?.save(folder.0.join("post.png")).await?),
            _ => return Err(part.unknown()),
        }
    }
    let title = title.ok_or_else(|| Multipart::missing("title"))?;
    Ok(format!("{title}: {} bytes", saved.map_or(0, |saved| saved.size())))
}

#[input]
struct Note {
    #[input(length(max = 100_000))]
    text: String,
}

#[secure(post = "/inflated", scope = "write:notes", max_body = "64KiB", gzip)]
async fn inflated(Json(note): Json<Note>) -> String {
    note.text.len().to_string()
}

#[secure(post = "/plain", scope = "write:notes", max_body = "64KiB")]
async fn plain(Json(note): Json<Note>) -> String {
    note.text.len().to_string()
}

/// An application with a folder of its own.
struct Stand {
    router: Router,
    issuer: TestIssuer,
    folder: PathBuf,
}

impl Stand {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("secure-uploads-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir(&folder).unwrap();
        let issuer = TestIssuer::default();
        let app = SecureRouter::new(Security::builder(issuer.jwt()))
            .mount((put_picture, post, inflated, plain))
            .with_state(Folder(Arc::new(folder.clone())))
            .build()
            .unwrap();
        Self {
            router: router(app),
            issuer,
            folder,
        }
    }

    fn bearer(&self) -> String {
        let scope = "write:picture write:posts write:notes";
        format!("Bearer {}", self.issuer.token("alice").scope(scope).sign())
    }

    async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Answer {
        let bearer = self.bearer();
        let headers = [headers, &[("authorization", bearer.as_str())]].concat();
        send(&self.router, request(method, path, &headers, body)).await
    }

    fn files(&self) -> Vec<String> {
        let files = std::fs::read_dir(&self.folder).unwrap();
        let mut names: Vec<_> = files
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

impl Drop for Stand {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn picture(size: usize) -> Vec<u8> {
    let mut picture = PNG.to_vec();
    picture.resize(size, 7);
    picture
}

/// A body without a length, so many bytes long, that counts what was asked of it.
struct Chunked {
    left: usize,
    first: bool,
    polled: Arc<AtomicU64>,
}

impl hyper::body::Body for Chunked {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        self.polled.fetch_add(1, Ordering::SeqCst);
        if self.left == 0 {
            return Poll::Ready(None);
        }
        let size = self.left.min(1024);
        self.left -= size;
        let chunk = if std::mem::take(&mut self.first) {
            picture(size)
        } else {
            vec![7; size]
        };
        Poll::Ready(Some(Ok(Frame::data(chunk.into()))))
    }
}

fn chunked(size: usize) -> (Body, Arc<AtomicU64>) {
    let polled = Arc::default();
    let body = Chunked {
        left: size,
        first: true,
        polled: Arc::clone(&polled),
    };
    (Body::new(body), polled)
}

#[tokio::test]
async fn an_upload_is_kept_as_it_came() {
    let stand = Stand::new("kept");
    let headers = [("content-type", "image/png")];
    let sent = picture(50_000);
    let answer = stand.send("PUT", "/users/alice/picture", &headers, sent.clone()).await;
    assert_eq!(answer.status, 204, "{answer:?}");
    assert_eq!(std::fs::read(stand.folder.join("alice.png")).unwrap(), sent);
    assert_eq!(stand.files(), ["alice.png"]);
}

/// API1: nothing of the file is read before it is known whose it would be.
#[tokio::test]
async fn z2_anothers_upload_is_refused_before_a_byte_of_it() {
    let stand = Stand::new("anothers");
    let (body, polled) = chunked(50_000);
    let answer = stand
        .send("PUT", "/users/bob/picture", &[("content-type", "image/png")], body)
        .await;
    answer.assert_problem(403);
    assert_eq!((polled.load(Ordering::SeqCst), stand.files().len()), (0, 0));
}

/// L1: by the rules of the file, and by the endpoint's own cap, without a length that would announce it.
#[tokio::test]
async fn l1_an_upload_that_is_too_large_leaves_nothing() {
    let stand = Stand::new("too-large");
    for size in [64 * 1024 + 1, 200_000, 10_000_000] {
        let (body, polled) = chunked(size);
        let answer = stand
            .send("PUT", "/users/alice/picture", &[("content-type", "image/png")], body)
            .await;
        answer.assert_problem(413);
        assert!(stand.files().is_empty(), "{:?}", stand.files());
        assert!(polled.load(Ordering::SeqCst) <= 70, "the rest was not read");
    }
    let (body, _) = chunked(64 * 1024);
    let answer = stand
        .send("PUT", "/users/alice/picture", &[("content-type", "image/png")], body)
        .await;
    assert_eq!(answer.status, 204);
}

#[tokio::test]
async fn b2_what_a_file_is_its_content_says() {
    let stand = Stand::new("content");
    let html = b"<html><script>alert(1)</script></html>".to_vec();
    let gif = b"GIF89a\x01\0\x01\0\0\0\0;".to_vec();
    let cases = [
        (Some("image/png"), html),
        (Some("image/png"), gif.clone()),
        (Some("image/gif"), gif),
        (Some("image/jpeg"), picture(100)),
        (Some("text/html"), picture(100)),
        (None, picture(100)),
    ];
    for (declared, content) in cases {
        let headers: Vec<_> = declared
            .map(|declared| ("content-type", declared))
            .into_iter()
            .collect();
        let answer = stand.send("PUT", "/users/alice/picture", &headers, content).await;
        answer.assert_problem(415);
        assert!(stand.files().is_empty(), "{declared:?}");
    }
}

/// A part: name, file name, content.
type Sent<'s> = (&'s str, Option<&'s str>, &'s [u8]);

/// A form with these parts.
fn form(parts: &[Sent<'_>]) -> Vec<u8> {
    let mut form = Vec::new();
    for (name, file, content) in parts {
        let file = file.map_or(String::new(), |file| {
            format!("; filename=\"{file}\"\r\ncontent-type: image/png")
        });
        write!(
            form,
            "--b\r\ncontent-disposition: form-data; name=\"{name}\"{file}\r\n\r\n"
        )
        .unwrap();
        form.extend_from_slice(content);
        form.extend_from_slice(b"\r\n");
    }
    form.extend_from_slice(b"--b--\r\n");
    form
}

#[tokio::test]
async fn a_form_is_read_part_by_part() {
    let stand = Stand::new("form");
    let headers = [("content-type", "multipart/form-data; boundary=b")];
    let ask = |body: Vec<u8>| stand.send("POST", "/posts", &headers, body);
    let content = picture(1000);
    let fine = ask(form(&[
        ("title", None, b"Hello"),
        ("picture", Some("../../etc/x.png"), &content),
    ]))
    .await;
    assert_eq!(
        (fine.status.as_u16(), fine.body.as_slice()),
        (200, &b"Hello: 1000 bytes"[..])
    );
    assert_eq!(stand.files(), ["post.png"]);
    let (long, large) = ("ä".repeat(21), picture(64 * 1024 + 1));
    let cases: [(&[Sent<'_>], u16, &str); 6] = [
        (&[("picture", Some("x"), &content)], 422, "#/title"),
        (&[("title", None, b"a"), ("title", None, b"b")], 422, "#/title"),
        (&[("title", None, b"a"), ("admin", None, b"1")], 422, "#/admin"),
        (&[("title", None, long.as_bytes())], 422, "#/title"),
        (
            &[("title", None, b"a"), ("picture", Some("x.png"), b"<svg/>")],
            415,
            "#/picture",
        ),
        (
            &[("title", None, b"a"), ("picture", Some("x.png"), &large)],
            413,
            "#/picture",
        ),
    ];
    for (parts, status, pointer) in cases {
        let answer = ask(form(parts)).await;
        answer.assert_problem(status);
        assert_eq!(answer.json()["errors"][0]["pointer"], pointer, "{answer:?}");
    }
    for broken in [&form(&[("title", None, b"a")])[..20], b"", b"--c\r\n"] {
        ask(broken.to_vec()).await.assert_problem(400);
    }
    assert_eq!(stand.files(), ["post.png"], "nothing else is left");
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn note(length: usize) -> Vec<u8> {
    format!("{{\"text\":\"{}\"}}", "a".repeat(length)).into_bytes()
}

#[tokio::test]
async fn l1_gzip_only_where_asked_for_and_capped_after_inflation() {
    let stand = Stand::new("gzip");
    let headers = [("content-type", "application/json"), ("content-encoding", "gzip")];
    let ask = |path: &'static str, body: Vec<u8>| stand.send("POST", path, &headers, body);
    let fine = ask("/inflated", gzip(&note(50_000))).await;
    assert_eq!((fine.status.as_u16(), fine.body.as_slice()), (200, &b"50000"[..]));
    // A bomb: 32 KiB that would be 32 MiB.
    let bomb = gzip(&note(32 * 1024 * 1024));
    assert!(bomb.len() < 64 * 1024);
    ask("/inflated", bomb).await.assert_problem(413);
    ask("/inflated", gzip(&note(64 * 1024))).await.assert_problem(413);
    let mut cut = gzip(&note(1000));
    cut.truncate(cut.len() - 9);
    let mut followed = gzip(&note(10));
    followed.extend(gzip(b"x"));
    for broken in [cut, followed, note(10), Vec::new()] {
        ask("/inflated", broken).await.assert_problem(400);
    }
    let refused = ask("/plain", gzip(&note(10))).await;
    refused.assert_problem(415);
    assert_eq!(refused.header("accept-encoding"), Some("identity"));
    for coding in ["br", "gzip, gzip", "deflate", "zstd", "*"] {
        let headers = [("content-type", "application/json"), ("content-encoding", coding)];
        let refused = stand.send("POST", "/inflated", &headers, gzip(&note(10))).await;
        refused.assert_problem(415);
        assert_eq!(refused.header("accept-encoding"), Some("gzip"), "{coding}");
    }
    let two = Request::builder()
        .method("POST")
        .uri("/inflated")
        .header("authorization", stand.bearer())
        .header("content-type", "application/json")
        .header("content-encoding", "gzip")
        .header("content-encoding", "identity");
    send(&stand.router, two.body(gzip(&note(10)).into()).unwrap())
        .await
        .assert_problem(415);
}

/// A cancelled upload leaves nothing behind.
#[tokio::test]
async fn an_upload_that_breaks_off_leaves_nothing() {
    let stand = Stand::new("breaks-off");
    let chunks = futures_util::stream::iter([
        Ok(Bytes::from(picture(4096))),
        Err(std::io::Error::other("the client went away")),
    ]);
    let answer = stand
        .send(
            "PUT",
            "/users/alice/picture",
            &[("content-type", "image/png")],
            Body::from_stream(chunks),
        )
        .await;
    answer.assert_problem(400);
    assert!(stand.files().is_empty(), "{:?}", stand.files());
    assert!(FilePath::new(&stand.folder).is_dir());
}
