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
use super::slots::Slot;
use crate::Problem;
use crate::audit::Reason;

/// The slots that a request has taken: of the application, and of its endpoint.
#[derive(Default)]
pub(crate) struct Held([Option<Slot>; 2]);

impl Held {
    /// Takes one more.
    ///
    /// # Errors
    ///
    /// 503 if there is none.
    pub(crate) fn take(&mut self, slots: &Arc<Slots>, reason: Reason) -> Result<(), Problem> {
        let slot = slots.take().ok_or_else(|| {
            Problem::refusal(StatusCode::SERVICE_UNAVAILABLE, reason)
                .detail("too many requests are under way; wait for the time in Retry-After")
                .header(RETRY_AFTER, HeaderValue::from_static("1"))
        })?;
        let free = self.0.iter_mut().find(|held| held.is_none());
        *free.ok_or_else(|| Problem::broken("a request takes more slots than there are kinds"))? = Some(slot);
        Ok(())
    }

    /// Gives the slots back: now, if the whole answer is there, else with the end of its body.
    pub(crate) fn until_sent(self, response: Response) -> Response {
        if response.body().size_hint().exact().is_some() {
            return response;
        }
        response.map(|body| Body::new(HeldBody { body, held: Some(self) }))
    }
}

/// A body of unknown size, which is still being made while it is sent.
struct HeldBody {
    body: Body,
    held: Option<Held>,
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
            self.held = None;
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
