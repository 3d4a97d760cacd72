//! The stages that one request passes, top to bottom.
//!
//! Each stage takes the proof of the one before it by value and returns its own, so a stage cannot be skipped, repeated
//! or moved: it does not compile, neither here nor in an expansion. Proofs can only come from here.
//!
//! ```compile_fail
//! // A proof cannot be made up …
//! let gate: secure_runtime::gate::Gate<'_, secure_runtime::gate::Cleared> = secure_runtime::gate::Gate {};
//! ```
//!
//! ```compile_fail
//! // … and a stage cannot be left out: only a cleared gate calls a handler.
//! use secure_runtime::gate::{Authorized, Gate, declared_answer};
//! async fn too_early(gate: Gate<'_, Authorized>) { gate.call(declared_answer(), async {}).await.ok(); }
//! ```

mod checked;
mod deadline;
mod failure;
mod headers;
mod identify;
mod passage;
mod run;
mod spend;
mod steps;

pub(crate) use checked::Required;
pub(crate) use headers::{Copied, Template};
pub(crate) use passage::Passage;
pub use run::{Admission, Passing, Responding, lead, lead_between};
pub use spend::Cost;
pub use steps::{Between, Early, Handles, HeadReads, LastRead, Late, Named, Reads, Sorted, Steps};

use std::marker::PhantomData;

pub use axum::response::Response;

pub use crate::describe::unmade;
pub use crate::endpoint::{Guarded, NeverCalled, Unattached};
pub use crate::input::{Read, head_argument, last_argument};
pub use crate::output::{Render, declared_answer};

use crate::Problem;
use crate::authn::Principal;
use crate::authz::{Identifier, check_access, check_binding};
use crate::input::Extract;
use crate::output::Viewer;

/// A request, with the proof of how far it has come.
pub struct Gate<'p, Stage> {
    passage: &'p mut Passage,
    stage: PhantomData<Stage>,
}

/// The record is open, the address known, there is room for one more, the address's limits and the head's size are checked.
pub enum Arrived {}
/// The caller is known, or there is none; a bad credential was refused.
pub enum Identified {}
/// Limits, scopes and roles allow the call, and the endpoint is not full.
pub enum Authorized {}
/// What the head of the request names is the caller's to touch. From here on the body may be read.
pub enum Bound {}
/// Every check that the policy names was made.
pub enum Cleared {}

/// The stages in which identifiers and conditions are checked: before the body is read, and after.
pub trait Checking: sealed::Sealed {}
impl Checking for Authorized {}
impl Checking for Bound {}

mod sealed {
    /// No stage comes from outside.
    pub trait Sealed {}
    impl Sealed for super::Authorized {}
    impl Sealed for super::Bound {}
}

impl<'p> Gate<'p, Arrived> {
    /// Stage 2: address, a place among all requests, what its limits have refused already, size of the head.
    pub(crate) fn open(passage: &'p mut Passage) -> Result<Self, Problem> {
        passage.check_method()?;
        passage.find_address()?;
        passage.take_place()?;
        passage.check_head_size()?;
        let arrival = passage.mounted.counted(passage.origin()?, passage.arrived);
        passage.mounted.rules.check_address(arrival, &mut passage.quotas)?;
        Ok(Gate::pass(passage))
    }

    /// Stage 3: exactly one credential, and a good one. Nobody is asked on a public endpoint.
    pub async fn identify(self) -> Result<Gate<'p, Identified>, Problem> {
        self.passage.identify().await?;
        Ok(Gate::pass(self.passage))
    }
}

impl<'p> Gate<'p, Identified> {
    /// Stages 4 and 5: limits first, so that probing is limited too; then scope and role; then a slot.
    pub async fn authorize(self) -> Result<Gate<'p, Authorized>, Problem> {
        let passage = self.passage;
        let caller = passage.record.caller.as_ref();
        let mounted = &passage.mounted;
        let arrival = mounted.counted(passage.origin()?, passage.arrived);
        match mounted.rules.check(arrival, caller, &mut passage.quotas) {
            Some(checked) => checked?,
            None => mounted.rules.ask(arrival, caller, &mut passage.quotas).await?,
        }
        check_access(&mounted.policy.access, &mounted.demands, caller)?;
        // Last, so that nobody who may not call keeps others out.
        passage.take_slot()?;
        Ok(Gate::pass(passage))
    }
}

impl<'p> Gate<'p, Authorized> {
    /// Stage 6: an argument from the head of the request.
    pub async fn part<T: Extract<S> + Send, S: Sync>(&mut self, state: &S, read: Read<T>) -> Result<T, Problem> {
        let part = T::extract(&mut self.passage.intake(None), state, read).await?;
        self.passage.checked.loaded(read.binding());
        Ok(part)
    }

    /// The end of stage 6.
    #[must_use]
    pub fn bound(self) -> Gate<'p, Bound> {
        Gate::pass(self.passage)
    }
}

impl<'p, Stage: Checking> Gate<'p, Stage> {
    /// Compares the value that the handler receives with the caller, as the policy's binding `index` says.
    pub fn bind(&mut self, index: usize, value: &impl Identifier) -> Result<(), Problem> {
        let caller = self.passage.record.caller.as_ref();
        let binding = self.passage.mounted.policy.bindings.get(index);
        let binding = binding.ok_or_else(|| Problem::broken("a check that the policy does not name"))?;
        check_binding(binding, value, caller)?;
        self.passage.checked.binding(index);
        Ok(())
    }

    /// The policy's condition, where a caller is certain.
    pub fn condition(&mut self, holds: impl FnOnce(&Principal) -> bool) -> Result<(), Problem> {
        let caller = self.passage.record.caller.clone();
        let caller = caller.ok_or_else(crate::authn::credential::missing)?;
        self.passage.settle_condition(holds(&caller))
    }

    /// The policy's condition, where there may be no caller.
    pub fn condition_for_anyone(&mut self, holds: impl FnOnce(Option<&Principal>) -> bool) -> Result<(), Problem> {
        let caller = self.passage.record.caller.clone();
        self.passage.settle_condition(holds(caller.as_ref()))
    }
}

impl<'p> Gate<'p, Bound> {
    /// Stage 7: the last argument, which may read the body.
    pub async fn last_part<T: Extract<S> + Send, S: Sync>(&mut self, state: &S, read: Read<T>) -> Result<T, Problem> {
        let body = self.passage.take_body();
        let part = T::extract(&mut self.passage.intake(body), state, read).await?;
        self.passage.checked.loaded(read.binding());
        Ok(part)
    }

    /// The end of stage 8: every check of the policy was made.
    pub fn clear(self) -> Result<Gate<'p, Cleared>, Problem> {
        self.passage.all_checked()?;
        Ok(Gate::pass(self.passage))
    }
}

impl Gate<'_, Cleared> {
    /// Stage 9: the handler.
    pub async fn call<F: Future>(self, render: Render<F::Output>, handler: F) -> Result<Response, Problem> {
        self.accepts(render.media())?;
        let answer = handler.await;
        render.answer(answer, self.viewer())
    }

    /// Does the client take the answer's format?
    fn accepts(&self, media: Option<&'static str>) -> Result<(), Problem> {
        self.passage.check_accept(media)
    }

    /// Who looks at the answer, and what it says beside.
    fn viewer(&self) -> Viewer {
        self.passage.viewer()
    }
}

impl<'p, Stage> Gate<'p, Stage> {
    fn pass(passage: &'p mut Passage) -> Self {
        Self {
            passage,
            stage: PhantomData,
        }
    }
}

impl<Stage> std::fmt::Debug for Gate<'_, Stage> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Gate")
            .field("endpoint", &self.passage.record.endpoint)
            .finish_non_exhaustive()
    }
}

/// What `gzip` in the attribute becomes. Without the feature there is no such thing, and the attribute does not compile.
#[cfg(feature = "gzip")]
#[must_use]
pub const fn gzip() -> bool {
    true
}
