//! What goes in: handlers' arguments, read from the request and checked.

mod arrival;
mod body;
mod check;
mod derived;
mod encoding;
mod extract;
mod extractors;
mod node;
mod patch;
pub(crate) mod path;
mod read;
mod refusals;
mod report;
mod trusted;
#[cfg(feature = "upload")]
mod upload;

pub(crate) use arrival::Arrival;
pub use check::Input;
pub use derived::{Derived, Name, Parameter, Ruled, Unruled};
pub(crate) use node::read_word;
pub use node::{Members, Node};
pub use patch::Patch;
pub(crate) use read::checked;
pub(crate) use refusals::{late, malformed};
pub use report::{Report, Violation};
pub use trusted::{TrustedParts, Unchecked, UncheckedBody};
#[cfg(feature = "upload")]
pub use upload::{FileRules, FileType, Incoming, Multipart, Part, Saved, Upload};

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::http::request::Parts;
use schemars::{Schema, SchemaGenerator};
use secure_policy::{ByteSize, Policy, Source};

use crate::Problem;
use crate::address::Origin;
use crate::authn::Principal;
use crate::describe::Description;
use crate::mounted::Prepared;

/// A type that a handler may take as an argument, because something checks it.
///
/// | argument | what checks it |
/// |---|---|
/// | `Path<T>`, `Query<T>`, `Json<T>`, `Form<T>` of axum | `T`, which implements [`Input`] |
/// | [`Owned<T>`](crate::Owned) | the gate: what a parameter of the path loads must be the caller's |
/// | `Upload`, `Multipart`, with the feature `upload` | `FileRules`, without which there is no way to a file |
/// | `State<T>`, `Extension<T>`, `Method`, `MatchedPath` | nothing: there is nothing of the client's in them |
/// | [`Principal`](crate::Principal), `Option<Principal>`, [`Claims<T>`](crate::Claims) | the gate |
/// | [`Attempts`](crate::Attempts) | nothing: there is nothing of the client's in them |
/// | your own extractors of the head | themselves; [`TrustedParts`] says that you vouch for them |
/// | [`Unchecked<E>`], [`UncheckedBody<E>`] | nothing, by name |
#[diagnostic::on_unimplemented(
    message = "nothing checks the argument type `{Self}`",
    label = "this argument is not checked",
    note = "help: `Json`, `Form`, `Query` and `Path` need a type inside that has `#[secure_runtime::input]` above its declaration; a plain value is taken as a member of such a type",
    note = "help: your own extractor needs `impl secure_runtime::TrustedParts for … {{}}`; anything else goes into `Unchecked<…>`, or `UncheckedBody<…>` if it reads the body",
    note = "see [S014] in the book's error index"
)]
pub trait Argument: Sized + Send {
    /// From which part of the request it comes.
    const SOURCE: Source;

    /// It is loaded by a parameter of the path, which the policy must name.
    const LOADS: bool = false;

    /// Nothing checks what it yields.
    const UNCHECKED: bool = false;

    /// Reads and checks it. `body` has the body's bytes where [`SOURCE`](Self::SOURCE) is the body, and is empty otherwise.
    ///
    /// An argument that needs the state, or has to wait for something, is read by its [`Extract`] instead.
    ///
    /// # Errors
    ///
    /// 400 for what cannot be read, 422 for what breaks a rule.
    fn read(intake: &mut Intake<'_>, body: Bytes) -> Result<Self, Problem> {
        let _ = (intake, body);
        Err(Problem::broken("this argument is read with the state, not without"))
    }

    /// The JSON Schema of what it takes, where it takes anything of the client's.
    fn schema(generator: &mut SchemaGenerator) -> Option<Schema> {
        let _ = generator;
        None
    }
}

/// An [`Argument`] that is read from the head of the request. Every argument but the last must be one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no checked argument that is read from the head of the request",
    label = "only the last argument may read the body, and each must be checked",
    note = "help: if it reads the body, move it to the end: a request has one body",
    note = "help: `Query` and `Path` need a type inside that has `#[secure_runtime::input]` above its declaration; your own extractor needs `impl secure_runtime::TrustedParts for … {{}}`, or `Unchecked<…>` around it",
    note = "see [S014] in the book's error index"
)]
pub trait FromHead: Argument {}

/// How an argument's value is made: the proof that something checks it.
///
/// An expansion makes one for each argument as a constant, which is the one place where an unchecked argument is an
/// error.
pub struct Read<T> {
    source: Source,
    loads: bool,
    unchecked: bool,
    binding: Option<usize>,
    read: fn(&mut Intake<'_>, Bytes) -> Result<T, Problem>,
    schema: fn(&mut SchemaGenerator) -> Option<Schema>,
}

impl<T> Clone for Read<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Read<T> {}

impl<T> Read<T> {
    /// From which part of the request it comes.
    #[must_use]
    pub const fn source(&self) -> Source {
        self.source
    }

    /// It is loaded by what the policy's binding `index` names.
    #[must_use]
    pub const fn bound_to(mut self, index: usize) -> Self {
        self.binding = Some(index);
        self
    }

    /// Nothing says by which parameter it would be loaded.
    ///
    /// # Panics
    ///
    /// While compiling, with this message, if it is loaded.
    pub const fn must_not_load(&self, message: &'static str) {
        assert!(!self.loads, "{}", message);
    }

    pub(crate) fn binding(&self) -> Option<usize> {
        self.binding
    }

    /// The value names a parameter of the path.
    ///
    /// # Panics
    ///
    /// While compiling, with this message, if it does not come from the path.
    pub const fn must_be_path(&self, message: &'static str) {
        assert!(matches!(self.source, Source::Path), "{}", message);
    }

    /// The value is the client's.
    ///
    /// # Panics
    ///
    /// While compiling, with this message, if it comes neither from path nor query nor body.
    pub const fn must_be_sent(&self, message: &'static str) {
        assert!(!matches!(self.source, Source::Other), "{}", message);
    }

    /// The method has no body.
    ///
    /// # Panics
    ///
    /// While compiling, with this message, if the argument reads one.
    pub const fn must_not_be_body(&self, message: &'static str) {
        assert!(!matches!(self.source, Source::Body), "{}", message);
    }

    /// Something reads the body.
    ///
    /// # Panics
    ///
    /// While compiling, with this message, if the argument does not.
    pub const fn must_be_body(&self, message: &'static str) {
        assert!(matches!(self.source, Source::Body), "{}", message);
    }

    /// Adds the argument's schema to the endpoint's.
    pub fn describe(&self, description: &mut Description) {
        description.add_input(self.source, self.schema);
        description.add_unchecked(self.unchecked);
    }

    pub(crate) fn read(self, intake: &mut Intake<'_>, body: Bytes) -> Result<T, Problem> {
        (self.read)(intake, body)
    }
}

/// For an argument before the last. What may only stand there as a generic argument is underlined where it is written.
#[must_use]
pub const fn head_argument<T: FromHead>() -> Read<T> {
    last_argument()
}

/// For the last argument.
#[must_use]
pub const fn last_argument<T: Argument>() -> Read<T> {
    Read {
        source: T::SOURCE,
        loads: T::LOADS,
        unchecked: T::UNCHECKED,
        binding: None,
        read: T::read,
        schema: T::schema,
    }
}

impl<T> std::fmt::Debug for Read<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Read")
            .field("source", &self.source)
            .finish_non_exhaustive()
    }
}

/// What reading an argument needs of the application's state, which is `S`.
///
/// It asks no more of an unchecked type than of a checked one: that something checks it is said by [`Argument`], once, so
/// that a fault is one error and not two.
#[diagnostic::on_unimplemented(
    message = "the argument type `{Self}` cannot be read where the application's state is `{S}`",
    label = "this argument needs more than the state provides",
    note = "help: give the router a state that has it, with `.with_state(…)`, or `impl FromRef<{S}>` for the part",
    note = "see [S019] in the book's error index"
)]
pub trait Extract<S>: Sized {
    /// Reads it.
    fn extract(
        intake: &mut Intake<'_>,
        state: &S,
        read: Read<Self>,
    ) -> impl Future<Output = Result<Self, Problem>> + Send;
}

/// The request, as an [`Argument`] may see it.
pub struct Intake<'r> {
    pub(crate) parts: &'r mut Parts,
    pub(crate) caller: Option<&'r Principal>,
    /// Only there from stage 7 on.
    pub(crate) body: Option<Body>,
    pub(crate) max_body: ByteSize,
    pub(crate) policy: &'static Policy,
    /// A body may be coded with gzip.
    pub(crate) gzip: bool,
    pub(crate) security: Option<&'r Arc<Prepared>>,
    pub(crate) origin: Option<Origin>,
}
