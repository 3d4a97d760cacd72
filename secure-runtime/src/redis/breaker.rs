use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::time::Duration;

use crate::clock::nanos;

/// After as many failures in a row nobody waits for the server any more.
const PATIENCE: u32 = 3;
/// So long; then one question at a time finds out if it is back.
const PAUSE: Duration = Duration::from_secs(1);

/// Keeps a server that is away from costing each request a time-out.
#[derive(Debug, Default)]
pub(super) struct Breaker {
    /// Failures in a row.
    failures: AtomicU32,
    /// Until when nobody asks, in nanoseconds of the caller's clock; whoever comes first afterwards moves it on, and asks.
    closed_until: AtomicU64,
}

impl Breaker {
    /// May the server be asked?
    pub(super) fn admits(&self, now: Duration) -> bool {
        if self.failures.load(Ordering::Acquire) < PATIENCE {
            return true;
        }
        let now = nanos(now);
        let until = self.closed_until.load(Ordering::Acquire);
        let next = now.saturating_add(nanos(PAUSE));
        now >= until
            && self
                .closed_until
                .compare_exchange(until, next, Ordering::AcqRel, Ordering::Acquire)
                .is_ok()
    }

    pub(super) fn answered(&self) {
        self.failures.store(0, Ordering::Release);
    }

    pub(super) fn failed(&self, now: Duration) {
        self.closed_until.store(nanos(now + PAUSE), Ordering::Release);
        // It stays there rather than begin anew.
        let more = |failures: u32| Some(failures.saturating_add(1));
        self.failures
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, more)
            .ok();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Duration = Duration::from_secs(10);

    #[test]
    fn l10_a_server_that_is_away_is_asked_by_one_at_a_time() {
        let breaker = Breaker::default();
        for _ in 0..PATIENCE {
            assert!(breaker.admits(NOW));
            breaker.failed(NOW);
        }
        assert!(!breaker.admits(NOW));
        assert!(!breaker.admits(NOW + PAUSE - Duration::from_nanos(1)));
        assert!(breaker.admits(NOW + PAUSE), "one finds out");
        assert!(!breaker.admits(NOW + PAUSE), "and only one");
        breaker.failed(NOW + PAUSE);
        assert!(!breaker.admits(NOW + PAUSE + Duration::from_millis(999)));
        assert!(breaker.admits(NOW + 2 * PAUSE));
        breaker.answered();
        assert!(breaker.admits(NOW + 2 * PAUSE));
        assert!(breaker.admits(NOW + 2 * PAUSE));
    }

    #[test]
    fn failures_apart_from_each_other_are_forgiven() {
        let breaker = Breaker::default();
        for _ in 0..10 {
            breaker.failed(NOW);
            breaker.failed(NOW);
            breaker.answered();
        }
        assert!(breaker.admits(NOW));
    }
}
