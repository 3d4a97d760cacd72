//! What is known before the first request: of the application, and of each endpoint.

use std::sync::Arc;
use std::time::Duration;

use secure_policy::{ByteSize, Expr, Policy, Scope};

use crate::address::{Addresses, Origin};
use crate::audit::AuditLines;
use crate::authn::{Authenticators, Served};
use crate::clock::{Clock, Moment};
use crate::gate::{Required, Template};
use crate::limit::{Arrival, Limits, Rules, Words};
use crate::load::Slots;
use crate::metrics::Meters;
use crate::problem::Refusals;

/// What the stages of the gate read.
pub(crate) struct Prepared {
    pub(crate) addresses: Addresses,
    pub(crate) authenticators: Authenticators,
    /// The vocabulary, where there is one.
    pub(crate) scopes: Option<&'static [Scope]>,
    pub(crate) refusals: Refusals,
    /// What is served of the application itself, where it is.
    pub(crate) metadata: Option<Served>,
    pub(crate) limits: Limits,
    /// Of usual answers.
    pub(crate) headers: Template,
    pub(crate) max_head: usize,
    pub(crate) clock: Clock,
    pub(crate) default_max_body: ByteSize,
    pub(crate) default_timeout: Duration,
    pub(crate) default_body_timeout: Duration,
    /// Of all requests together.
    pub(crate) load: Arc<Slots>,
    pub(crate) audit_lines: Option<AuditLines>,
}

/// An endpoint with all that can be known when it is mounted.
pub(crate) struct Mounted {
    pub(crate) policy: &'static Policy,
    pub(crate) security: Arc<Prepared>,
    pub(crate) rules: Rules,
    /// Scopes that the routers around it demand beside its own.
    pub(crate) demands: Vec<Expr>,
    /// By its own policy, or by what the routers around it demand.
    pub(crate) needs_caller: bool,
    /// The checks that the expansion has to make.
    pub(crate) required: Required,
    /// Bearer tokens are refused.
    pub(crate) sender_constrained: bool,
    pub(crate) max_body: ByteSize,
    pub(crate) timeout: Duration,
    pub(crate) body_timeout: Duration,
    /// Of this endpoint's requests, where their number is bounded.
    pub(crate) slots: Option<Arc<Slots>>,
    pub(crate) meters: Meters,
}

impl Mounted {
    /// What answers say beside their content, and what limits of this endpoint say in it.
    pub(crate) fn headers(&self) -> (&Template, &Words) {
        (&self.security.headers, self.rules.words())
    }

    /// How a request from there, that came then, is counted.
    pub(crate) fn counted(&self, origin: Origin, arrived: Moment) -> Arrival<'_> {
        Arrival {
            backend: &self.security.limits.backend,
            origin,
            now: arrived.unix_nanos,
        }
    }
}
