use std::error::Error;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use hyper::body::{Frame, SizeHint};
use tokio::time::{Sleep, sleep};

/// What is known of a body while others read it; nothing of one that was empty to begin with.
#[derive(Clone, Default)]
pub(crate) struct Arrival(Option<Arc<AtomicU8>>);

/// We have what there is, or did not ask.
const FINE: u8 = 0;
/// The client owes us the next bytes.
const DUE: u8 = 1;
/// Its time ran out.
const LATE: u8 = 2;

impl Arrival {
    /// The same body, which fails when it is not whole so long after it was first asked for.
    pub(crate) fn watch(&mut self, body: Body, time: Duration) -> Body {
        if body.is_end_stream() {
            return body;
        }
        Body::new(Watched {
            body,
            time,
            over: None,
            arrival: Self(Some(Arc::clone(self.0.get_or_insert_default()))),
        })
    }

    /// Somebody waits for the client to send more.
    pub(crate) fn is_due(&self) -> bool {
        self.state() == DUE
    }

    /// The client took too long.
    pub(crate) fn is_late(&self) -> bool {
        self.state() == LATE
    }

    fn state(&self) -> u8 {
        self.0.as_ref().map_or(FINE, |state| state.load(Ordering::Relaxed))
    }

    fn note(&self, state: u8) {
        if let Some(noted) = &self.0 {
            noted.store(state, Ordering::Relaxed);
        }
    }
}

struct Watched {
    body: Body,
    time: Duration,
    /// When it must be whole; nothing before it is asked for.
    over: Option<Pin<Box<Sleep>>>,
    arrival: Arrival,
}

impl HttpBody for Watched {
    type Data = Bytes;
    type Error = Box<dyn Error + Send + Sync>;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let time = self.time;
        let over = self.over.get_or_insert_with(|| Box::pin(sleep(time))).as_mut();
        // Before the body is asked: one that always has another byte is over in time, too.
        if over.poll(context).is_ready() {
            self.arrival.note(LATE);
            return Poll::Ready(Some(Err(Late.into())));
        }
        self.arrival.note(DUE);
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        self.arrival.note(FINE);
        Poll::Ready(frame.map(|frame| frame.map_err(Into::into)))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// The body did not come in time.
#[derive(Debug)]
pub(super) struct Late;

impl fmt::Display for Late {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the body did not come in time")
    }
}

impl Error for Late {}
