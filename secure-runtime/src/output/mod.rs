//! What comes out: a handler's answer says what it exposes.

use std::convert::Infallible;

use axum::Json;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::Problem;

/// A type that may leave the process.
///
/// Implementing it says that every field it serialises is meant for every caller who may call the endpoint.
#[diagnostic::on_unimplemented(
    message = "`{Self}` leaves the process, and nothing says that it may",
    label = "this output is not declared",
    note = "help: write `impl secure_runtime::Output for {Self} {{}}` if every field it serialises is meant for the caller",
    note = "see [S015] in the book's error index"
)]
pub trait Output: Serialize {}

macro_rules! plain {
    ($($ty:ty)*) => { $( impl Output for $ty {} )* };
}

plain!(() bool char String str u8 u16 u32 u64 u128 i8 i16 i32 i64 i128 f32 f64);

impl<T: Output + ?Sized> Output for &T {}
impl<T: Output + ?Sized> Output for Box<T> {}
impl<T: Output> Output for Option<T> {}
impl<T: Output> Output for Vec<T> {}
impl<T: Output> Output for [T] {}
impl<A: Output> Output for (A,) {}
impl<A: Output, B: Output> Output for (A, B) {}
impl<A: Output, B: Output, C: Output> Output for (A, B, C) {}

/// A handler's answer: a response that says what it exposes, or a [`Problem`].
#[diagnostic::on_unimplemented(
    message = "the answer type `{Self}` does not say what it exposes",
    label = "this answer is not declared",
    note = "help: return `Json<T>` where `T: secure_runtime::Output`, a status, text, or a `Result` of those with an error that is `Into<Problem>`",
    note = "help: anything else goes into `secure_runtime::Opaque<…>`, which shows in reviews that nothing checks it",
    note = "see [S015] in the book's error index"
)]
pub trait Answer {
    /// The response.
    ///
    /// # Errors
    ///
    /// The handler's own error, as a [`Problem`].
    fn answer(self) -> Result<Response, Problem>;
}

/// How a handler's answer becomes a response: the proof that it says what it exposes.
///
/// An expansion makes one for each handler as a constant, which is the one place where an undeclared answer is an error.
pub struct Render<T>(fn(T) -> Result<Response, Problem>);

impl<T> Render<T> {
    pub(crate) fn answer(self, value: T) -> Result<Response, Problem> {
        (self.0)(value)
    }
}

/// For an answer that says what it exposes.
#[must_use]
pub const fn declared_answer<T: Answer>() -> Render<T> {
    Render(T::answer)
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
    fn answer(self) -> Result<Response, Problem> {
        Ok(self.0.into_response())
    }
}

impl<T: Output> Answer for Json<T> {
    fn answer(self) -> Result<Response, Problem> {
        // axum would answer a value that cannot be serialised with the error's text.
        let body = serde_json::to_vec(&self.0).map_err(Problem::internal)?;
        let json = [(axum::http::header::CONTENT_TYPE, "application/json")];
        Ok((json, body).into_response())
    }
}

macro_rules! responses {
    ($($ty:ty)*) => { $(
        impl Answer for $ty {
            fn answer(self) -> Result<Response, Problem> {
                Ok(self.into_response())
            }
        }
    )* };
}

responses!(() StatusCode &'static str String axum::response::NoContent);

impl Answer for Infallible {
    fn answer(self) -> Result<Response, Problem> {
        match self {}
    }
}

impl Answer for Problem {
    fn answer(self) -> Result<Response, Problem> {
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
    fn answer(self) -> Result<Response, Problem> {
        self.map_err(IntoProblem::into_problem)?.answer()
    }
}

impl<T: Answer> Answer for (StatusCode, T) {
    fn answer(self) -> Result<Response, Problem> {
        Ok((self.0, self.1.answer()?).into_response())
    }
}

impl<T: Answer> Answer for (HeaderMap, T) {
    fn answer(self) -> Result<Response, Problem> {
        Ok((self.0, self.1.answer()?).into_response())
    }
}

impl<T: Answer> Answer for (StatusCode, HeaderMap, T) {
    fn answer(self) -> Result<Response, Problem> {
        Ok((self.0, self.1, self.2.answer()?).into_response())
    }
}
