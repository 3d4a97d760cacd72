use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use secure_policy::{Per, Rate};

use super::backend::{Backend, Counted};
use super::counter::Counter;
use super::limit::{Demand, Limit};
#[cfg(feature = "redis")]
use super::shared::RedisLimits;
use super::{Arrival, Bucket, Quotas, Rules, Table};
use crate::address::Origin;
use crate::authn::{Means, Principal, Unavailable, Verified};
use crate::clock::Clock;

const NAME: &str = "caller";
const ENDPOINT: &str = "shop::orders::list_orders";

/// One limit per caller, counted as the gate counts it, without a request around it: for figures.
pub struct TestLimiter {
    limit: Limit,
    rules: Rules,
    backend: Backend,
}

/// A caller of a [`TestLimiter`], who cannot come to a handler.
pub struct TestCaller(Principal);

impl TestCaller {
    /// A caller of the issuer [`ISSUER`](crate::testing::ISSUER).
    #[must_use]
    pub fn new(subject: &str) -> Self {
        Self(Principal::new(Verified {
            means: Means::AccessToken,
            issuer: Arc::from(crate::testing::ISSUER),
            subject: subject.into(),
            client_id: None,
            is_client: false,
            may_own: false,
            tenant: None,
            scope: "".into(),
            roles: BTreeSet::new(),
            expires_at: 0.0,
            valid_from: 0.0,
            issued_at: None,
            acr: None,
            authenticated_at: None,
            token_id: None,
            confirmation: None,
            claims: "{}".into(),
        }))
    }
}

/// Says no more than that it is one.
impl fmt::Debug for TestCaller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TestCaller").finish_non_exhaustive()
    }
}

impl TestLimiter {
    /// Counts in the process, in a table for so many callers.
    ///
    /// # Panics
    ///
    /// If the rate cannot be read.
    #[must_use]
    #[allow(clippy::expect_used, reason = "for tests, where a panic is the report")]
    pub fn new(rate: &str, capacity: usize) -> Self {
        let rate = Rate::parse(rate).expect("a rate");
        Self {
            limit: Limit::hidden(&super::limit::id_of(&rate, ENDPOINT, NAME), Counter::of(&rate)),
            rules: Rules::new(ENDPOINT, &[rate]),
            backend: Backend {
                table: Table::new(capacity),
                clock: Clock::default(),
                #[cfg(feature = "redis")]
                shared: None,
            },
        }
    }

    /// Counts in Redis.
    ///
    /// # Panics
    ///
    /// If `rate` cannot be read, or `limits` have a fault.
    #[cfg(feature = "redis")]
    #[must_use]
    pub fn shared(rate: &str, limits: RedisLimits) -> Self {
        let mut faults = Vec::new();
        let mut limiter = Self::new(rate, 100_000);
        limiter.backend.shared = Some(limits.prepare(&mut faults));
        assert!(faults.is_empty(), "{faults:?}");
        limiter
    }

    /// Draws once: is this admitted?
    ///
    /// # Errors
    ///
    /// If nobody can count it.
    pub async fn draw(&self, caller: &TestCaller) -> Result<bool, Unavailable> {
        self.decide(caller, 1).await.map(|(admitted, _)| admitted)
    }

    /// What is left for this caller at once.
    ///
    /// # Errors
    ///
    /// If nobody can count it.
    pub async fn remaining(&self, caller: &TestCaller) -> Result<u32, Unavailable> {
        self.decide(caller, 0).await.map(|(_, remaining)| remaining)
    }

    /// The whole step of the gate: draws once, and notes what the headers will say.
    pub async fn check(&self, caller: &TestCaller) -> bool {
        let mut quotas = Quotas::new(false);
        let arrival = Arrival {
            backend: &self.backend,
            origin: Origin::LOOPBACK,
            now: self.backend.clock.unix_nanos(),
        };
        let checked = self.rules.check(arrival, Some(&caller.0), &mut quotas);
        match checked {
            Some(checked) => checked.is_ok(),
            None => self.rules.ask(arrival, Some(&caller.0), &mut quotas).await.is_ok(),
        }
    }

    /// A command that does nothing, on the connection of the limits, to measure them beside.
    ///
    /// # Errors
    ///
    /// If the server does not answer.
    #[cfg(feature = "redis")]
    pub async fn ping(&self) -> Result<(), Unavailable> {
        match &self.backend.shared {
            Some(shared) => shared.ping().await,
            None => Ok(()),
        }
    }

    async fn decide(&self, caller: &TestCaller, cost: u32) -> Result<(bool, u32), Unavailable> {
        let demand = Demand {
            limit: &self.limit,
            bucket: Bucket::of(Per::Caller, Some(&caller.0), Origin::LOOPBACK),
            cost,
        };
        // As the rules do.
        if let Some(verdict) = self.backend.draw_one(&demand, self.backend.clock.unix_nanos()) {
            return Ok((verdict.admitted, verdict.remaining));
        }
        let verdicts = self.backend.draw(&[demand], Counted::Together).await?;
        let verdict = verdicts.as_ref().and_then(|verdicts| verdicts.iter().next());
        Ok(verdict.map_or((true, 0), |verdict| (verdict.admitted, verdict.remaining)))
    }
}

impl fmt::Debug for TestLimiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TestLimiter").finish_non_exhaustive()
    }
}
