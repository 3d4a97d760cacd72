//! The bytes of files, a chunk at a time.

use std::error::Error;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, ready};

use axum::body::{Body, BodyDataStream, Bytes};
use futures_util::Stream;
use futures_util::StreamExt as _;

use crate::Problem;
use crate::input::body::unreadable;
use crate::input::refusals::malformed;

/// So many bytes of a form are looked at at once.
const PIECE: usize = 8 * 1024;

/// So many bytes are read for the head of a part, and what may stand before it, before the form is refused. A piece is
/// taken whole, so a head of 8 KiB has room for certain.
const MAX_HEAD: usize = 2 * PIECE;

/// Where the bytes of a file come from.
#[derive(Debug)]
pub(super) enum Chunks<'b> {
    /// The body, which is the file.
    Body(BodyDataStream),
    /// The part of a form.
    Part(&'b mut multer::Field<'static>),
}

impl Chunks<'_> {
    /// The next bytes; after `None` it must not be asked again.
    pub(super) async fn next(&mut self) -> Result<Option<Bytes>, Problem> {
        match self {
            Self::Body(body) => body.next().await.transpose().map_err(unreadable),
            Self::Part(part) => part.chunk().await.map_err(refused),
        }
    }
}

/// The body of a form, made such that its parser keeps little of it.
///
/// multer takes from its stream whatever is ready, to the end, before it looks at any of it; and it searches for the end
/// of a part's head for as long as there is more. So this stream is never ready twice in a row, and it ends where a head
/// grows too large.
pub(super) struct Paced {
    body: BodyDataStream,
    waiting: Bytes,
    rests: bool,
    allowance: Allowance,
}

/// How many bytes may still come before the head of a part must have ended; no limit while content is read.
#[derive(Clone, Debug)]
pub(super) struct Allowance(Arc<AtomicUsize>);

impl Allowance {
    pub(super) fn unlimited() -> Self {
        Self(Arc::new(AtomicUsize::new(usize::MAX)))
    }

    /// From here on the head of a part is read.
    pub(super) fn begin_head(&self) {
        self.0.store(MAX_HEAD, Ordering::Relaxed);
    }

    /// From here on content is read.
    pub(super) fn end_head(&self) {
        self.0.store(usize::MAX, Ordering::Relaxed);
    }

    /// Does `length` still have room?
    fn take(&self, length: usize) -> bool {
        let left = self.0.load(Ordering::Relaxed);
        // The stream and whoever reads from it are polled by one task: nobody comes in between.
        let after = if left == usize::MAX {
            Some(left)
        } else {
            left.checked_sub(length)
        };
        after.inspect(|after| self.0.store(*after, Ordering::Relaxed)).is_some()
    }
}

impl Paced {
    pub(super) fn new(body: Body, allowance: Allowance) -> Self {
        Self {
            body: body.into_data_stream(),
            waiting: Bytes::new(),
            rests: false,
            allowance,
        }
    }
}

impl Stream for Paced {
    type Item = Result<Bytes, Box<dyn Error + Send + Sync>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if std::mem::take(&mut self.rests) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        while self.waiting.is_empty() {
            match ready!(self.body.poll_next_unpin(context)) {
                Some(Ok(chunk)) => self.waiting = chunk,
                Some(Err(error)) => return Poll::Ready(Some(Err(error.into()))),
                None => return Poll::Ready(None),
            }
        }
        let length = self.waiting.len().min(PIECE);
        if !self.allowance.take(length) {
            return Poll::Ready(Some(Err(HeadTooLarge.into())));
        }
        self.rests = true;
        Poll::Ready(Some(Ok(self.waiting.split_to(length))))
    }
}

#[derive(Debug)]
struct HeadTooLarge;

impl fmt::Display for HeadTooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the head of a part does not end")
    }
}

impl Error for HeadTooLarge {}

/// What the parser of forms refuses.
pub(super) fn refused(error: multer::Error) -> Problem {
    match error {
        multer::Error::StreamReadFailed(error) if error.is::<HeadTooLarge>() => {
            malformed("the head of a part of the form does not end within 8 KiB")
        }
        multer::Error::StreamReadFailed(error) => unreadable(error),
        multer::Error::LockFailure => Problem::broken(error),
        error => malformed("the form is not whole, or not in the format that it declares").because(error),
    }
}
