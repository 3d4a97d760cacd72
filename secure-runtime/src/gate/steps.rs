//! The stages in a row, for every expansion: what differs between endpoints is data, so that the compiler sees the way once
//! and not for each of them.

use super::{Authorized, Bound, Cleared, Gate, Passage};
use crate::Problem;
use crate::input::{Extract, Read};
use crate::output::Render;

/// Asks of the arguments from the head.
pub type Named<H> = fn(&mut Gate<'_, Authorized>, &<H as Reads>::Values) -> Result<(), Problem>;

/// Asks of those and of what was loaded.
pub type Early<H, L> =
    fn(&mut Gate<'_, Authorized>, &<H as Reads>::Values, &<L as Reads>::Values) -> Result<(), Problem>;

/// Asks of all arguments.
pub type Late<H, L, B> = fn(
    &mut Gate<'_, Bound>,
    &<H as Reads>::Values,
    &<L as Reads>::Values,
    &<B as Reads>::Values,
) -> Result<(), Problem>;

/// What an endpoint reads and asks of it, in the order in which that happens.
///
/// A check is a function and no closure over anything, so that endpoints with the same arguments share their way.
#[derive(Debug)]
pub struct Steps<H: Reads, L: Reads, B: Reads, O> {
    /// Arguments from the head of the request.
    pub heads: H,
    /// What is compared before anything is loaded by it, and before the body is read.
    pub named: Option<Named<H>>,
    /// The argument that may read the body.
    pub last: B,
    /// What is asked when all of them are there.
    pub late: Option<Late<H, L, B>>,
    /// What becomes of the answer.
    pub answer: Render<O>,
}

/// What happens after that was compared and before the body is read.
#[derive(Debug)]
pub struct Between<H: Reads, L: Reads> {
    /// Objects that the head names.
    pub loads: L,
    /// What is asked then.
    pub early: Option<Early<H, L>>,
}

/// How some arguments are read.
pub trait Reads: Send + Sync {
    /// The arguments.
    type Values: Send;
}

/// Arguments that are read before the body.
pub trait HeadReads<S>: Reads {
    /// Reads them, one after the other.
    fn read(
        &self,
        gate: &mut Gate<'_, Authorized>,
        state: &S,
    ) -> impl Future<Output = Result<Self::Values, Problem>> + Send;
}

/// At most one argument, which may read the body.
pub trait LastRead<S>: Reads {
    /// Reads it.
    fn read(&self, gate: &mut Gate<'_, Bound>, state: &S)
    -> impl Future<Output = Result<Self::Values, Problem>> + Send;
}

impl<S: Sync, T: Extract<S> + Send> LastRead<S> for (Read<T>,) {
    async fn read(&self, gate: &mut Gate<'_, Bound>, state: &S) -> Result<(T,), Problem> {
        Ok((gate.last_part(state, self.0).await?,))
    }
}

impl<S: Sync> LastRead<S> for () {
    async fn read(&self, _: &mut Gate<'_, Bound>, _: &S) -> Result<(), Problem> {
        Ok(())
    }
}

/// A handler, for arguments of these types: those of the head, those that were loaded, and the last.
pub trait Handles<H, L, B>: Send {
    /// What it returns.
    type Answer: Future;

    /// Calls it.
    fn handle(self, heads: H, loads: L, last: B) -> Self::Answer;
}

/// A handler that takes what was loaded among its other arguments.
#[derive(Debug)]
pub struct Sorted<F>(pub F);

impl<H, L, B, A, F> Handles<H, L, B> for Sorted<F>
where
    F: FnOnce(H, L, B) -> A + Send,
    A: Future,
{
    type Answer = A;

    fn handle(self, heads: H, loads: L, last: B) -> A {
        (self.0)(heads, loads, last)
    }
}

/// Without arguments.
impl<A: Future, F: FnOnce() -> A + Send> Handles<(), (), ()> for F {
    type Answer = A;

    fn handle(self, (): (), (): (), (): ()) -> A {
        self()
    }
}

macro_rules! tuples {
    ($(($($part:ident)*))+) => { $(
        impl<$($part: Send),*> Reads for ($(Read<$part>,)*) {
            type Values = ($($part,)*);
        }

        impl<S: Sync, $($part: Extract<S> + Send),*> HeadReads<S> for ($(Read<$part>,)*) {
            #[allow(non_snake_case, reason = "a variable for each type, of the same name")]
            async fn read(&self, _gate: &mut Gate<'_, Authorized>, _state: &S) -> Result<Self::Values, Problem> {
                let ($($part,)*) = self;
                Ok(($(_gate.part(_state, *$part).await?,)*))
            }
        }

        impl<$($part,)* Last, A, F> Handles<($($part,)*), (), (Last,)> for F
        where
            F: FnOnce($($part,)* Last) -> A + Send,
            A: Future,
        {
            type Answer = A;

            #[allow(non_snake_case, reason = "a variable for each type, of the same name")]
            fn handle(self, ($($part,)*): ($($part,)*), (): (), (last,): (Last,)) -> A {
                self($($part,)* last)
            }
        }
    )+ };
}

tuples! {
    () (P) (P Q) (P Q R) (P Q R T) (P Q R T U) (P Q R T U V) (P Q R T U V W) (P Q R T U V W X)
    (P Q R T U V W X Y) (P Q R T U V W X Y Z) (P Q R T U V W X Y Z B) (P Q R T U V W X Y Z B C)
    (P Q R T U V W X Y Z B C D) (P Q R T U V W X Y Z B C D E) (P Q R T U V W X Y Z B C D E G)
}

/// A gate that lets the handler run, and its arguments in the order in which they are read.
type Ready<'p, H, L, B> = (
    Gate<'p, Cleared>,
    <H as Reads>::Values,
    <L as Reads>::Values,
    <B as Reads>::Values,
);

/// Stages 2 to 8, which are the same for all endpoints with the same arguments.
pub(super) async fn check<'p, S, H, L, B, O>(
    passage: &'p mut Passage,
    state: &S,
    steps: &Steps<H, L, B, O>,
    between: &Between<H, L>,
) -> Result<Ready<'p, H, L, B>, Problem>
where
    S: Sync,
    H: HeadReads<S>,
    L: HeadReads<S>,
    B: LastRead<S>,
{
    let mut gate = Gate::open(passage)?.identify().await?.authorize().await?;
    let heads = steps.heads.read(&mut gate, state).await?;
    if let Some(check) = steps.named {
        check(&mut gate, &heads)?;
    }
    let loads = between.loads.read(&mut gate, state).await?;
    if let Some(check) = between.early {
        check(&mut gate, &heads, &loads)?;
        gate.settle().await?;
    }
    let mut gate = gate.bound();
    let last = steps.last.read(&mut gate, state).await?;
    if let Some(check) = steps.late {
        check(&mut gate, &heads, &loads, &last)?;
        gate.settle().await?;
    }
    Ok((gate.clear()?, heads, loads, last))
}
