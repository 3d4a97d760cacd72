use std::convert::Infallible;
use std::io;
use std::time::Duration;

use axum::body::Body;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::{Stream, StreamExt as _, future, stream};
use schemars::{Schema, SchemaGenerator};

use super::{Answer, IntoProblem, Output, Shown, Viewer};
use crate::Problem;

/// A stream of outputs, one line of JSON each (`application/x-ndjson`).
///
/// An item that cannot be shown, or is an error, ends the response without its proper end, so that the client knows that
/// something is missing; the error goes to the log. The stream ends when the caller's credential expires.
///
/// ```
/// use futures_util::stream;
/// use secure_runtime::{Lines, Problem, secure};
///
/// #[secure(get = "/numbers", authenticated)]
/// async fn numbers() -> Lines<impl futures_util::Stream<Item = Result<u32, Problem>>> {
///     Lines(stream::iter((0..10).map(Ok)))
/// }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Lines<S>(pub S);

/// A stream of outputs as server-sent events (`text/event-stream`), each event's data the JSON of one.
///
/// An item that cannot be shown, or is an error, is one last event of the type `problem`, with a problem document
/// (RFC 9457) as its data. The stream ends when the caller's credential expires. A comment every 15 seconds keeps the
/// connection alive.
#[derive(Clone, Copy, Debug)]
pub struct Events<S>(pub S);

impl<S, T, E> Answer for Lines<S>
where
    S: Stream<Item = Result<T, E>> + Send + 'static,
    T: Output + 'static,
    E: IntoProblem + 'static,
{
    const MEDIA: Option<&'static str> = Some("application/x-ndjson");

    fn answer(self, viewer: Viewer) -> Result<Response, Problem> {
        let lines = shown(self.0, viewer).map(|line| match line {
            Ok(mut line) => {
                line.push(b'\n');
                Ok(line)
            }
            Err(problem) => {
                log(&problem);
                Err(io::Error::other("the stream broke off"))
            }
        });
        let kind = [(CONTENT_TYPE, "application/x-ndjson")];
        Ok((kind, Body::from_stream(lines)).into_response())
    }

    fn schema(generator: &mut SchemaGenerator) -> Option<Schema> {
        Some(T::schema(generator))
    }
}

impl<S, T, E> Answer for Events<S>
where
    S: Stream<Item = Result<T, E>> + Send + 'static,
    T: Output + 'static,
    E: IntoProblem + 'static,
{
    const MEDIA: Option<&'static str> = Some("text/event-stream");

    fn answer(self, viewer: Viewer) -> Result<Response, Problem> {
        let events = shown(self.0, viewer).map(|item| {
            let (kind, data) = match item {
                Ok(data) => (None, data),
                Err(problem) => {
                    log(&problem);
                    (Some("problem"), problem.document())
                }
            };
            // JSON is UTF-8, and has no line break outside of its texts, where it is escaped.
            let event = Event::default().data(String::from_utf8_lossy(&data));
            Ok::<_, Infallible>(kind.map_or(event.clone(), |kind| event.event(kind)))
        });
        let mut response = Sse::new(events).keep_alive(KeepAlive::default()).into_response();
        let headers = response.headers_mut();
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        Ok(response)
    }

    fn schema(generator: &mut SchemaGenerator) -> Option<Schema> {
        Some(T::schema(generator))
    }
}

/// Each item as the viewer sees it; the first error is the last item.
fn shown<S, T, E>(items: S, viewer: Viewer) -> impl Stream<Item = Result<Vec<u8>, Problem>> + Send
where
    S: Stream<Item = Result<T, E>> + Send + 'static,
    T: Output + 'static,
    E: IntoProblem + 'static,
{
    let over = until(viewer.remaining());
    let written = items.map(move |item| {
        let item = item.map_err(IntoProblem::into_problem)?;
        serde_json::to_vec(&Shown::new(&item, &viewer)).map_err(Problem::internal)
    });
    let ending = written.scan(false, |failed, item| {
        let ended = *failed;
        *failed |= item.is_err();
        future::ready((!ended).then_some(item))
    });
    ending.take_until(over)
}

/// When the credential expires; never, where there is none.
async fn until(remaining: Option<Duration>) {
    match remaining {
        Some(remaining) => tokio::time::sleep(remaining).await,
        None => stream::pending::<()>().collect().await,
    }
}

fn log(problem: &Problem) {
    tracing::error!(target: "secure::output", cause = ?problem.private_cause(), "a stream broke off");
}
