use std::hash::Hash;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use governor::clock::Clock as _;
use governor::middleware::StateInformationMiddleware;
use governor::{Quota, RateLimiter};
use secure_policy::Rate;

use super::store::{Key, Store};
use crate::clock::Clock;

/// One limit, counted in this process by governor's GCRA over a shared [`Store`].
pub(crate) struct Limiter {
    /// Distinct in the whole process: two limits never share a bucket.
    id: u64,
    store: Store,
    governor: RateLimiter<Key, Store, Clock, StateInformationMiddleware>,
    rate: Rate,
    /// Time in which one unit comes back.
    refill: Duration,
}

/// What a limit says of one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) admitted: bool,
    /// What is left at once.
    pub(crate) remaining: u32,
    /// Whole seconds, rounded up: until the bucket is full, or, for a request that was refused, until one like it can be
    /// admitted. Never 0 for a refusal.
    pub(crate) reset: u64,
}

impl Limiter {
    pub(crate) fn new(rate: Rate, store: &Store, clock: &Clock) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let refill = rate.window() / rate.count().get();
        // A pace above one each nanosecond is excluded by the grammar of rates; if one came here, it would be slowed down.
        let quota = Quota::with_period(refill).unwrap_or(Quota::per_hour(NonZeroU32::MIN));
        Self {
            id: NEXT.fetch_add(1, Ordering::Relaxed),
            store: store.clone(),
            governor: RateLimiter::new(quota.allow_burst(rate.burst()), store.clone(), clock.clone()),
            rate,
            refill,
        }
    }

    /// Counts one request against the bucket of whom it comes from.
    pub(crate) fn check(&self, whom: impl Hash) -> Verdict {
        let key = self.store.key((self.id, whom));
        match self.governor.check_key_n(&key, self.rate.cost()) {
            Ok(Ok(state)) => {
                let remaining = state.remaining_burst_capacity();
                let used = self.rate.burst().get().saturating_sub(remaining);
                Verdict {
                    admitted: true,
                    remaining,
                    reset: whole_seconds(self.refill.saturating_mul(used)),
                }
            }
            Ok(Err(not_until)) => Verdict {
                admitted: false,
                remaining: 0,
                reset: whole_seconds(not_until.wait_time_from(self.governor.clock().now())).max(1),
            },
            // A cost above the burst, which the policy's grammar excludes: such a request can never be admitted.
            Err(_) => Verdict {
                admitted: false,
                remaining: 0,
                reset: self.rate.window().as_secs().max(1),
            },
        }
    }
}

fn whole_seconds(time: Duration) -> u64 {
    time.as_secs() + u64::from(time.subsec_nanos() > 0)
}
