//! What is known before the first request: of the application, and of each endpoint.

use std::sync::Arc;
use std::time::Duration;

use secure_policy::{ByteSize, Expr, Policy, Rate, Scope};

use crate::Problem;
use crate::authn::jwt::{Surroundings, Verifier};
use crate::authn::{Denylist, Principal};
use crate::authz::RoleHierarchy;
use crate::clock::Clock;
use crate::limit::{Failures, Rules, Store};
use crate::metrics::Meters;

/// What the stages of the gate read.
pub(crate) struct Prepared {
    pub(crate) verifier: Verifier,
    pub(crate) roles: RoleHierarchy,
    /// The vocabulary, where there is one.
    pub(crate) scopes: Option<&'static [Scope]>,
    pub(crate) denylist: Denylist,
    pub(crate) realm: String,
    pub(crate) failures: Failures,
    pub(crate) max_head: usize,
    pub(crate) clock: Clock,
    pub(crate) default_rate: Rate,
    pub(crate) default_max_body: ByteSize,
    pub(crate) default_timeout: Duration,
    pub(crate) store: Store,
}

impl Prepared {
    pub(crate) fn verify(&self, token: &str) -> Result<Principal, Problem> {
        let around = Surroundings {
            now: self.clock.unix_seconds(),
            roles: &self.roles,
            denylist: &self.denylist,
        };
        self.verifier.verify(token, &around)
    }
}

/// An endpoint with all that can be known when it is mounted.
pub(crate) struct Mounted {
    pub(crate) policy: &'static Policy,
    pub(crate) security: Arc<Prepared>,
    pub(crate) rules: Rules,
    /// Scopes that the routers around it demand beside its own.
    pub(crate) demands: Vec<Expr>,
    pub(crate) max_body: ByteSize,
    pub(crate) timeout: Duration,
    pub(crate) meters: Arc<Meters>,
}
