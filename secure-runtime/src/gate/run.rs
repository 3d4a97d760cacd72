use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, HeaderValue};
use axum::http::{Request, StatusCode};
use axum::response::Response;
use tokio::time::{Sleep, sleep};

use super::deadline::Deadline;
use super::passage::counted;
use super::steps::{Between, Handles, HeadReads, LastRead, Steps, check};
use super::{Arrived, Gate, Passage};
use crate::Problem;
use crate::audit::{Ending, Reason};
use crate::authn::DPOP_NONCE;
use crate::mounted::Mounted;

/// A request at its endpoint, before the first stage.
pub struct Admission {
    pub(crate) mounted: Arc<Mounted>,
    pub(crate) request: Request<Body>,
}

/// The response to a request, in time.
pub type Responding = Pin<Box<dyn Future<Output = Response> + Send>>;

/// One request, from its arrival to its response: stage 1, the stages, and stages 10 and 11.
///
/// A cancelled request drops the passage, whose record then closes itself and whose slots are free again. A panic and a
/// time-out are refusals.
///
/// A function, and no method that is looked for: it is called once for each endpoint.
pub fn lead<S, H, B, F>(
    admission: Admission,
    state: S,
    steps: Steps<H, (), B, <F::Answer as Future>::Output>,
    handler: F,
) -> Responding
where
    S: Send + Sync + 'static,
    H: HeadReads<S> + 'static,
    B: LastRead<S> + 'static,
    F: Handles<H::Values, (), B::Values, Answer: Send> + 'static,
{
    let between = Between { loads: (), early: None };
    lead_between(admission, state, steps, between, handler)
}

/// The same, where something is loaded or asked before the body is read.
pub fn lead_between<S, H, L, B, F>(
    admission: Admission,
    state: S,
    steps: Steps<H, L, B, <F::Answer as Future>::Output>,
    between: Between<H, L>,
    handler: F,
) -> Responding
where
    S: Send + Sync + 'static,
    H: HeadReads<S> + 'static,
    L: HeadReads<S> + 'static,
    B: LastRead<S> + 'static,
    F: Handles<H::Values, L::Values, B::Values, Answer: Send> + 'static,
{
    // By itself, so that either part is small: allocators are quick below a kilobyte.
    let mut passage = Box::new(Passage::begin(admission));
    Box::pin(async move {
        let deadline = passage.deadline();
        let outcome = {
            let stages = pin!(async {
                let answer = steps.answer;
                let (gate, heads, loads, last) = check(&mut passage, &state, &steps, &between).await?;
                gate.accepts(answer.media())?;
                let value = handler.handle(heads, loads, last).await;
                answer.answer(value, gate.viewer())
            });
            watched(stages, deadline).await
        };
        passage.finish(outcome)
    })
}

impl Admission {
    /// Leads the request through stages that are written out.
    pub fn pass<F>(self, stages: F) -> Responding
    where
        F: for<'p> FnOnce(Gate<'p, Arrived>) -> Passing<'p> + Send + 'static,
    {
        let mut passage = Box::new(Passage::begin(self));
        Box::pin(async move {
            let deadline = passage.deadline();
            let outcome = {
                let stages = pin!(async { stages(Gate::open(&mut passage)?).await });
                watched(stages, deadline).await
            };
            passage.finish(outcome)
        })
    }
}

impl std::fmt::Debug for Admission {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let endpoint = self.mounted.policy.endpoint;
        f.debug_struct("Admission")
            .field("endpoint", &endpoint)
            .finish_non_exhaustive()
    }
}

/// Stages that are written out.
pub type Passing<'p> = Pin<Box<dyn Future<Output = Outcome> + Send + 'p>>;

type Outcome = Result<Response, Problem>;

/// The stages of one request, whose time is not measured as long as nobody has to wait: `None` if it ran out.
///
/// It is compiled once, and not for each endpoint.
struct Watched<'s> {
    stages: Pin<&'s mut (dyn Future<Output = Outcome> + Send)>,
    deadline: Deadline,
    over: Option<Pin<Box<Sleep>>>,
}

fn watched(stages: Pin<&mut (dyn Future<Output = Outcome> + Send)>, deadline: Deadline) -> Watched<'_> {
    Watched {
        stages,
        deadline,
        over: None,
    }
}

impl Future for Watched<'_> {
    type Output = Option<Outcome>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Outcome>> {
        if let Poll::Ready(outcome) = guarded(self.stages.as_mut(), context) {
            return Poll::Ready(Some(outcome));
        }
        let Self { deadline, over, .. } = &mut *self;
        let over = over.get_or_insert_with(|| Box::pin(sleep(deadline.left())));
        over.as_mut().poll(context).map(|()| None)
    }
}

/// Turns a panic in a check or a handler into a bare 500.
fn guarded(stages: Pin<&mut (dyn Future<Output = Outcome> + Send)>, context: &mut Context<'_>) -> Poll<Outcome> {
    // After a panic the future is dropped and not polled again, so nobody sees a state half changed.
    catch_unwind(AssertUnwindSafe(|| stages.poll(context)))
        .unwrap_or_else(|panic| Poll::Ready(Err(panicked(panic.as_ref()))))
}

impl Passage {
    /// Stages 10 and 11: headers, then the record closes.
    fn finish(&mut self, outcome: Option<Outcome>) -> Response {
        let outcome = match outcome {
            Some(outcome) => outcome.map_err(|problem| self.blame(problem)),
            None => Err(self.timed_out()),
        };
        let mut response = match outcome {
            Ok(mut response) => {
                self.close(&Ending {
                    status: Some(response.status()),
                    ..Ending::default()
                });
                let (template, words) = self.mounted.headers();
                template.write(response.headers_mut(), &self.quotas, words);
                response
            }
            Err(problem) => {
                self.close(&Ending {
                    refused: problem.reason(),
                    status: Some(problem.status()),
                    cause: problem.private_cause(),
                });
                let mut response = self.refuse(problem);
                let (template, words) = self.mounted.headers();
                template.write_quotas(response.headers_mut(), &self.quotas, words);
                response
            }
        };
        if let Some(nonce) = self.nonce.take() {
            // Whoever keeps the answer would keep the nonce (RFC 9449 §8.2).
            response
                .headers_mut()
                .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
            response.headers_mut().insert(DPOP_NONCE, *nonce);
        }
        self.held.until_sent(counted(&self.mounted), response)
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
