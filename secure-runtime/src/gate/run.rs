use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, HeaderValue};
use axum::http::{Request, StatusCode};
use axum::response::Response;

use super::{Arrived, Gate, Passage, write_headers};
use crate::Problem;
use crate::audit::{REQUEST_ID, Reason};
use crate::authn::DPOP_NONCE;
use crate::endpoint::SecureEndpoint;
use crate::mounted::Mounted;

/// One request, from its arrival to its response: stage 1, the stages, and stages 10 and 11.
///
/// A cancelled request drops the passage, whose record then closes itself and whose slots are free again. A panic and a
/// time-out are refusals.
pub(crate) async fn admit<E: SecureEndpoint<S>, S>(
    mounted: Arc<Mounted>,
    request: Request<Body>,
    state: S,
) -> Response {
    let deadline = mounted.timeout;
    let mut passage = Passage::begin(mounted, request);
    let outcome = {
        let stages = async {
            let gate = Gate::<Arrived>::open(&mut passage)?;
            E::call(gate, state).await
        };
        tokio::time::timeout(deadline, Guarded { stages: pin!(stages) }).await
    };
    let outcome = match outcome {
        Ok(outcome) => outcome.map_err(|problem| passage.blame(problem)),
        Err(_) => Err(passage.timed_out()),
    };
    passage.finish(outcome)
}

impl Passage {
    /// Stages 10 and 11: headers, then the record closes.
    fn finish(mut self, outcome: Result<Response, Problem>) -> Response {
        let mut response = match outcome {
            Ok(response) => {
                self.record.close(None, Some(response.status()), None);
                response
            }
            Err(problem) => {
                let status = Some(problem.status());
                self.record.close(problem.reason(), status, problem.private_cause());
                let mut response = self.refuse(problem);
                // Whoever reports a refusal can name it.
                if let Ok(id) = HeaderValue::try_from(self.record.request_id.to_string()) {
                    response.headers_mut().insert(&REQUEST_ID, id);
                }
                response
            }
        };
        write_headers(&mut response, &self.quotas);
        if let Some(nonce) = self.nonce {
            // Whoever keeps the answer would keep the nonce (RFC 9449 §8.2).
            response
                .headers_mut()
                .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
            response.headers_mut().insert(DPOP_NONCE, nonce);
        }
        self.held.until_sent(response)
    }
}

/// Turns a panic in a check or a handler into a bare 500.
struct Guarded<'f, F> {
    stages: Pin<&'f mut F>,
}

impl<F: Future<Output = Result<Response, Problem>>> Future for Guarded<'_, F> {
    type Output = Result<Response, Problem>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        // After a panic the future is dropped and not polled again, so nobody sees a state half changed.
        catch_unwind(AssertUnwindSafe(|| self.stages.as_mut().poll(context)))
            .unwrap_or_else(|panic| Poll::Ready(Err(panicked(panic.as_ref()))))
    }
}

fn panicked(panic: &(dyn Any + Send)) -> Problem {
    let text = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    Problem::refusal(StatusCode::INTERNAL_SERVER_ERROR, Reason::Panic)
        .because(text.unwrap_or("a panic without a message").to_owned())
}
