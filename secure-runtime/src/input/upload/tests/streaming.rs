//! How much is in memory.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};

use futures_util::stream;
use tokio::io::AsyncWrite;

use super::*;

const CHUNK: usize = 64 * 1024;
const CHUNKS: usize = 1024;
const LARGE: FileRules = FileRules::new(ByteSize::new(1 << 30), &[FileType::Png]);

/// What was sent, and is not yet written.
#[derive(Clone, Default)]
struct Scale {
    sent: Arc<AtomicU64>,
    written: Arc<AtomicU64>,
    most: Arc<AtomicU64>,
}

impl Scale {
    fn send(&self, bytes: usize) {
        let sent = self.sent.fetch_add(bytes as u64, Ordering::Relaxed) + bytes as u64;
        self.most
            .fetch_max(sent - self.written.load(Ordering::Relaxed), Ordering::Relaxed);
    }

    fn most(&self) -> u64 {
        self.most.load(Ordering::Relaxed)
    }
}

impl AsyncWrite for Scale {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<std::io::Result<usize>> {
        self.written.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

/// A client that always has more to send: 64 MiB between `before` and `after`.
fn eager(scale: &Scale, before: Vec<u8>, after: Vec<u8>) -> Body {
    let middle = std::iter::repeat_n(Bytes::from(vec![b'\n'; CHUNK]), CHUNKS);
    let chunks = std::iter::once(before.into()).chain(middle).chain([after.into()]);
    let scale = scale.clone();
    Body::from_stream(stream::iter(chunks.map(move |chunk: Bytes| {
        scale.send(chunk.len());
        Ok::<_, std::io::Error>(chunk)
    })))
}

#[test]
fn a_file_flows_as_fast_as_it_is_written() {
    let scale = Scale::default();
    let file = upload("image/png", eager(&scale, PNG.to_vec(), Vec::new()));
    let size = run(async { file.file(&LARGE).await?.copy_to(&mut scale.clone()).await });
    assert_eq!(size.unwrap(), (PNG.len() + CHUNK * CHUNKS) as u64);
    assert!(scale.most() <= 2 * CHUNK as u64, "{} bytes", scale.most());
}

#[test]
fn a_part_flows_as_fast_as_it_is_written() {
    let scale = Scale::default();
    let body = parts(&[("name=a", PNG)]);
    let (before, after) = body.split_at(body.len() - "\r\n--b--\r\n".len());
    let mut form = form(eager(&scale, before.to_vec(), after.to_vec()));
    let size = run(async {
        let size = form
            .next()
            .await?
            .unwrap()
            .file(&LARGE)
            .await?
            .copy_to(&mut scale.clone())
            .await?;
        assert!(form.next().await?.is_none());
        Ok::<_, Problem>(size)
    });
    assert_eq!(size.unwrap(), (PNG.len() + CHUNK * CHUNKS) as u64);
    assert!(scale.most() <= 3 * CHUNK as u64, "{} bytes", scale.most());
}

#[test]
fn what_is_passed_over_may_be_large() {
    let scale = Scale::default();
    let body = parts(&[("name=a", PNG), ("name=b", b"1")]);
    let end = body.windows(7).position(|window| window == b"\r\n--b\r\n").unwrap();
    let mut form = form(eager(&scale, body[..end].to_vec(), body[end..].to_vec()));
    let text = run(async {
        let first = form.next().await?.unwrap();
        assert_eq!(first.name(), "a");
        form.next().await?.unwrap().text(1).await
    });
    assert_eq!(text.unwrap(), "1");
}

#[test]
fn a_head_without_end_is_not_waited_for() {
    for before in [
        &b"--b\r\nContent-Disposition: form-data; name=a; x=\""[..],
        b"no boundary",
        b"--b ",
        b"--b\r\nX: ",
    ] {
        let scale = Scale::default();
        let mut form = form(eager(&scale, before.to_vec(), Vec::new()));
        assert_eq!(refusal(run(form.next())), is(400, ""), "{before:?}");
        assert!(scale.most() <= 2 * CHUNK as u64, "{} bytes", scale.most());
    }
}

#[test]
fn no_more_is_read_than_the_rules_let_in() {
    let scale = Scale::default();
    let file = upload("image/png", eager(&scale, PNG.to_vec(), Vec::new()));
    assert_eq!(refusal(run(file.file(&PICTURE))), is(413, "size #"));
    assert!(scale.most() <= 2 * CHUNK as u64, "{} bytes", scale.most());
}
