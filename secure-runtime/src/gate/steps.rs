//! The stages in a row, for every expansion: what differs between endpoints is data, so that the compiler sees the way once
//! and not for each of them.

use axum::response::Response;

use super::{Arrived, Authorized, Bound, Cleared, Gate};
use crate::Problem;
use crate::input::{Extract, Read};
use crate::output::Render;

/// What an endpoint reads and asks of it, in the order in which that happens.
///
/// A check is a function and no closure over anything, so that endpoints with the same arguments share their way.
#[derive(Debug)]
pub struct Steps<H: Reads, L: Reads, B: Reads, O> {
    /// Arguments from the head of the request.
    pub heads: H,
    /// What is compared before anything is loaded by it.
    pub named: Option<fn(&mut Gate<'_, Authorized>, &H::Values) -> Result<(), Problem>>,
    /// Objects that the head names.
    pub loads: L,
    /// What is asked before the body is read.
    pub early: Option<fn(&mut Gate<'_, Authorized>, &H::Values, &L::Values) -> Result<(), Problem>>,
    /// The argument that may read the body.
    pub last: B,
    /// What is asked of that, too.
    pub late: Option<fn(&mut Gate<'_, Bound>, &H::Values, &L::Values, &B::Values) -> Result<(), Problem>>,
    /// What becomes of the answer.
    pub answer: Render<O>,
}

/// How some arguments are read: nothing, a [`Read`], or a tuple of them.
pub trait Reads: Send {
    /// The arguments.
    type Values: Send;
}

/// Arguments that are read before the body.
pub trait HeadReads<S>: Reads {
    /// Reads them, one after the other.
    fn read(
        self,
        gate: &mut Gate<'_, Authorized>,
        state: &S,
    ) -> impl Future<Output = Result<Self::Values, Problem>> + Send;
}

/// At most one argument, which may read the body.
pub trait LastRead<S>: Reads {
    /// Reads it.
    fn read(self, gate: &mut Gate<'_, Bound>, state: &S) -> impl Future<Output = Result<Self::Values, Problem>> + Send;
}

impl<T: Send> Reads for Read<T> {
    type Values = T;
}

impl<S: Sync, T: Extract<S> + Send> LastRead<S> for Read<T> {
    async fn read(self, gate: &mut Gate<'_, Bound>, state: &S) -> Result<T, Problem> {
        gate.last_part(state, self).await
    }
}

impl<S: Sync> LastRead<S> for () {
    async fn read(self, _: &mut Gate<'_, Bound>, _: &S) -> Result<(), Problem> {
        Ok(())
    }
}

macro_rules! tuples {
    ($(($($part:ident)*))+) => { $(
        impl<$($part: Send),*> Reads for ($(Read<$part>,)*) {
            type Values = ($($part,)*);
        }

        impl<S: Sync, $($part: Extract<S> + Send),*> HeadReads<S> for ($(Read<$part>,)*) {
            #[allow(non_snake_case, clippy::unused_unit, reason = "a variable for each type, of the same name")]
            async fn read(self, _gate: &mut Gate<'_, Authorized>, _state: &S) -> Result<Self::Values, Problem> {
                let ($($part,)*) = self;
                Ok(($(_gate.part(_state, $part).await?,)*))
            }
        }
    )+ };
}

tuples! {
    () (A) (A B) (A B C) (A B C D) (A B C D E) (A B C D E F) (A B C D E F G) (A B C D E F G H)
    (A B C D E F G H I) (A B C D E F G H I J) (A B C D E F G H I J K) (A B C D E F G H I J K L)
    (A B C D E F G H I J K L M) (A B C D E F G H I J K L M N) (A B C D E F G H I J K L M N O)
}

impl<'p> Gate<'p, Arrived> {
    /// All stages from here on, and the handler.
    ///
    /// # Errors
    ///
    /// The refusal of the stage that refuses.
    pub fn lead<S, H, L, B, F>(
        self,
        state: S,
        steps: Steps<H, L, B, F::Output>,
        handler: impl FnOnce(H::Values, L::Values, B::Values) -> F + Send,
    ) -> impl Future<Output = Result<Response, Problem>> + Send
    where
        S: Send + Sync,
        H: HeadReads<S>,
        L: HeadReads<S>,
        B: LastRead<S>,
        F: Future + Send,
    {
        // That it can be sent is said and not left to be found out, which every expansion would do anew.
        async move {
            let answer = steps.answer;
            let (gate, heads, loads, last) = self.check(&state, steps).await?;
            gate.call(answer, handler(heads, loads, last)).await
        }
    }

    /// Stages 3 to 8, which are the same for all endpoints with the same arguments.
    async fn check<S, H, L, B, O>(
        self,
        state: &S,
        steps: Steps<H, L, B, O>,
    ) -> Result<(Gate<'p, Cleared>, H::Values, L::Values, B::Values), Problem>
    where
        S: Sync,
        H: HeadReads<S>,
        L: HeadReads<S>,
        B: LastRead<S>,
    {
        let mut gate = self.identify().await?.authorize().await?;
        let heads = steps.heads.read(&mut gate, state).await?;
        if let Some(check) = steps.named {
            check(&mut gate, &heads)?;
        }
        let loads = steps.loads.read(&mut gate, state).await?;
        if let Some(check) = steps.early {
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
}
