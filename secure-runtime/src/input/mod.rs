//! What goes in: handlers' arguments, read from the request and checked.

mod body;
mod check;
mod extractors;
mod trusted;

pub use check::{Input, Violation};
pub use trusted::{TrustedParts, Unchecked, UncheckedBody};

use axum::body::Body;
use axum::http::request::Parts;
use secure_policy::{ByteSize, Source};

use crate::Problem;
use crate::authn::Principal;

/// A type that a handler may take as an argument, because something checks it.
///
/// These are: `Path`, `Query`, `Json` and `Form` of axum over a type that implements [`Input`]; `State`, `Extension`,
/// `Method` and `MatchedPath`; [`Principal`](crate::Principal), `Option<Principal>` and [`Claims`](crate::Claims); your own
/// extractors that [`TrustedParts`] vouches for; and what stands in [`Unchecked`] or [`UncheckedBody`].
#[diagnostic::on_unimplemented(
    message = "nothing checks the argument type `{Self}`",
    label = "this argument is not checked",
    note = "help: `Json`, `Form`, `Query` and `Path` need `impl secure_runtime::Input for …` on the type inside",
    note = "help: your own extractor needs `impl secure_runtime::TrustedParts for {Self} {{}}`, or `Unchecked<{Self}>` in the handler"
)]
pub trait Argument: Sized + Send {
    /// From which part of the request it comes.
    const SOURCE: Source;
}

/// How an [`Argument`] is read, where the application's state is `S`.
#[diagnostic::on_unimplemented(
    message = "the argument type `{Self}` cannot be read where the application's state is `{S}`",
    label = "this argument needs more than the state provides",
    note = "help: give the router a state that has it, with `.with_state(…)`, or `impl FromRef<{S}>` for the part"
)]
pub trait Extract<S>: Argument {
    /// Reads and checks it.
    fn extract(intake: &mut Intake<'_>, state: &S) -> impl Future<Output = Result<Self, Problem>> + Send;
}

/// An [`Argument`] that is read from the head of the request. Every argument but the last must be one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` reads the body, so it must be the last argument",
    label = "only the last argument can read the body",
    note = "help: move this argument to the end"
)]
pub trait FromHead: Argument {}

/// The request, as an [`Argument`] may see it.
pub struct Intake<'r> {
    pub(crate) parts: &'r mut Parts,
    pub(crate) caller: Option<&'r Principal>,
    /// Only there from stage 7 on.
    pub(crate) body: Option<Body>,
    pub(crate) max_body: ByteSize,
}
