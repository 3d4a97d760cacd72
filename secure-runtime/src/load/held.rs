use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use axum::Error;
use axum::body::{Body, Bytes, HttpBody};
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use hyper::body::{Frame, SizeHint};

use super::Slots;
use crate::Problem;
use crate::audit::Reason;

/// Of what a request may take a slot: of the application's, and, where they are counted, of its endpoint's.
pub(crate) type Counted<'m> = [Option<&'m Arc<Slots>>; 2];

/// The slots that a request has taken, by their place in [`Counted`]. Whoever takes them gives them back: each request would
/// have to count that it knows of the slots, if they did so themselves.
#[derive(Default)]
pub(crate) struct Held([bool; 2]);

impl Held {
    /// Takes one more, where they are counted.
    ///
    /// # Errors
    ///
    /// 503 if there is none.
    #[inline]
    pub(crate) fn take(&mut self, counted: Counted<'_>, place: usize, reason: Reason) -> Result<(), Problem> {
        let (Some(Some(slots)), Some(held)) = (counted.get(place), self.0.get_mut(place)) else {
            return Ok(());
        };
        if *held {
            return Err(Problem::broken("a request takes a slot twice"));
        }
        *held = slots.take();
        if *held { Ok(()) } else { Err(full(reason)) }
    }

    /// Gives back what is held.
    pub(crate) fn give_back(&mut self, counted: Counted<'_>) {
        for (held, slots) in self.0.iter_mut().zip(counted) {
            if let Some(slots) = slots
                && std::mem::take(held)
            {
                slots.give_back();
            }
        }
    }

    /// Hands the slots to the answer, which gives them back with the end of its body, unless all of it is there already.
    pub(crate) fn until_sent(&mut self, counted: Counted<'_>, response: Response) -> Response {
        if response.body().size_hint().exact().is_some() {
            return response;
        }
        let sending = Sending {
            held: std::mem::take(self),
            counted: counted.map(Option::<&Arc<Slots>>::cloned),
        };
        response.map(|body| {
            Body::new(HeldBody {
                body,
                sending: Some(sending),
            })
        })
    }
}

#[cold]
fn full(reason: Reason) -> Problem {
    Problem::refusal(StatusCode::SERVICE_UNAVAILABLE, reason)
        .detail("too many requests are under way; wait for the time in Retry-After")
        .header(RETRY_AFTER, HeaderValue::from_static("1"))
}

/// The slots of a request whose answer is under way.
struct Sending {
    held: Held,
    counted: [Option<Arc<Slots>>; 2],
}

impl Drop for Sending {
    fn drop(&mut self) {
        self.held.give_back(self.counted.each_ref().map(Option::as_ref));
    }
}

/// A body of unknown size, which is still being made while it is sent.
struct HeldBody {
    body: Body,
    sending: Option<Sending>,
}

impl HttpBody for HeldBody {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        if !matches!(frame, Some(Ok(_))) {
            self.sending = None;
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
