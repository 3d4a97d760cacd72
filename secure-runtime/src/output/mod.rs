//! What comes out: a handler's answer says what it exposes.

mod accept;
mod json;
mod page;
mod show;
pub mod shown;
mod stream;
mod viewer;

pub(crate) use accept::accepts;
pub use page::{Page, Paging};
pub use show::Output;
pub use stream::{Events, Lines};
pub use viewer::{Audience, Shown, Viewer};

use std::convert::Infallible;

use axum::Json;
use axum::body::Body;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use schemars::{Schema, SchemaGenerator};

use crate::Problem;
use crate::describe::Description;

/// A handler's answer: a response that says what it exposes, or a [`Problem`].
#[diagnostic::on_unimplemented(
    message = "the answer type `{Self}` does not say what it exposes",
    label = "this answer is not declared",
    note = "help: return `Json<T>` of a type with `#[secure_runtime::output]` above its declaration, a status, text, or a `Result` of those with an error that is `Into<Problem>`",
    note = "help: anything else goes into `secure_runtime::Opaque<…>`, which shows in reviews that nothing checks it",
    note = "see [S015] in the book's error index"
)]
pub trait Answer {
    /// The format of a good answer, which a client may not want: 406. `None` where it is not known beforehand.
    const MEDIA: Option<&'static str> = None;

    /// The response.
    ///
    /// # Errors
    ///
    /// The handler's own error, as a [`Problem`].
    fn answer(self, viewer: Viewer) -> Result<Response, Problem>;

    /// Nothing says what it exposes.
    const OPAQUE: bool = false;

    /// The JSON Schema of what it shows, where it shows JSON.
    fn schema(generator: &mut SchemaGenerator) -> Option<Schema>
    where
        Self: Sized,
    {
        let _ = generator;
        None
    }
}

/// How a handler's answer becomes a response: the proof that it says what it exposes.
///
/// An expansion makes one for each handler as a constant, which is the one place where an undeclared answer is an error.
pub struct Render<T> {
    answer: fn(T, Viewer) -> Result<Response, Problem>,
    describe: fn(&mut Description),
    media: Option<&'static str>,
}

impl<T> Clone for Render<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Render<T> {}

impl<T> Render<T> {
    /// Adds the answer's schema to the endpoint's.
    pub fn describe(&self, description: &mut Description) {
        (self.describe)(description);
    }

    pub(crate) fn media(&self) -> Option<&'static str> {
        self.media
    }

    pub(crate) fn answer(self, value: T, viewer: Viewer) -> Result<Response, Problem> {
        (self.answer)(value, viewer)
    }
}

/// For an answer that says what it exposes.
#[must_use]
pub const fn declared_answer<T: Answer>() -> Render<T> {
    Render {
        answer: T::answer,
        describe: Description::add_answer::<T>,
        media: T::MEDIA,
    }
}

impl<T> std::fmt::Debug for Render<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Render")
    }
}

/// Any response of axum, with nothing saying what it exposes. Loud on purpose: search for it.
#[derive(Clone, Copy, Debug)]
pub struct Opaque<R>(pub R);

impl<R: IntoResponse> Answer for Opaque<R> {
    const OPAQUE: bool = true;

    fn answer(self, _: Viewer) -> Result<Response, Problem> {
        Ok(self.0.into_response())
    }
}

impl<T: Output> Answer for Json<T> {
    const MEDIA: Option<&'static str> = Some("application/json");

    fn answer(self, mut viewer: Viewer) -> Result<Response, Problem> {
        // axum would answer a value that cannot be serialised with the error's text.
        let body = json::text(&Shown::new(&self.0, &viewer)).map_err(Problem::internal)?;
        let headers = viewer.take_headers(body.len());
        let mut response = Response::new(Body::from(body));
        *response.headers_mut() = headers;
        Ok(response)
    }

    fn schema(generator: &mut SchemaGenerator) -> Option<Schema> {
        Some(T::schema(generator))
    }
}

macro_rules! responses {
    ($($ty:ty)*) => { $(
        impl Answer for $ty {
            fn answer(self, _: Viewer) -> Result<Response, Problem> {
                Ok(self.into_response())
            }
        }
    )* };
}

responses!(() StatusCode &'static str String axum::response::NoContent);

impl Answer for Infallible {
    fn answer(self, _: Viewer) -> Result<Response, Problem> {
        match self {}
    }
}

impl Answer for Problem {
    fn answer(self, _: Viewer) -> Result<Response, Problem> {
        Err(self)
    }
}

/// An error that a handler may return: whatever is `Into<Problem>`.
#[diagnostic::on_unimplemented(
    message = "the error type `{Self}` does not say what the client sees of it",
    label = "this error has no public face",
    note = "help: write `impl From<{Self}> for secure_runtime::Problem`, or map it, as with `.map_err(Problem::internal)`",
    note = "see [S015] in the book's error index"
)]
pub trait IntoProblem {
    /// Its public face and private cause.
    fn into_problem(self) -> Problem;
}

#[diagnostic::do_not_recommend]
impl<E: Into<Problem>> IntoProblem for E {
    fn into_problem(self) -> Problem {
        self.into()
    }
}

impl<T: Answer, E: IntoProblem> Answer for Result<T, E> {
    const MEDIA: Option<&'static str> = T::MEDIA;
    const OPAQUE: bool = T::OPAQUE;

    fn answer(self, viewer: Viewer) -> Result<Response, Problem> {
        self.map_err(IntoProblem::into_problem)?.answer(viewer)
    }

    fn schema(generator: &mut SchemaGenerator) -> Option<Schema> {
        T::schema(generator)
    }
}

impl<T: Answer> Answer for (StatusCode, T) {
    const MEDIA: Option<&'static str> = T::MEDIA;
    const OPAQUE: bool = T::OPAQUE;

    fn answer(self, viewer: Viewer) -> Result<Response, Problem> {
        Ok((self.0, self.1.answer(viewer)?).into_response())
    }

    fn schema(generator: &mut SchemaGenerator) -> Option<Schema> {
        T::schema(generator)
    }
}

impl<T: Answer> Answer for (HeaderMap, T) {
    const MEDIA: Option<&'static str> = T::MEDIA;
    const OPAQUE: bool = T::OPAQUE;

    fn answer(self, viewer: Viewer) -> Result<Response, Problem> {
        Ok((self.0, self.1.answer(viewer.without_headers())?).into_response())
    }

    fn schema(generator: &mut SchemaGenerator) -> Option<Schema> {
        T::schema(generator)
    }
}

impl<T: Answer> Answer for (StatusCode, HeaderMap, T) {
    const MEDIA: Option<&'static str> = T::MEDIA;
    const OPAQUE: bool = T::OPAQUE;

    fn answer(self, viewer: Viewer) -> Result<Response, Problem> {
        Ok((self.0, self.1, self.2.answer(viewer.without_headers())?).into_response())
    }

    fn schema(generator: &mut SchemaGenerator) -> Option<Schema> {
        T::schema(generator)
    }
}
