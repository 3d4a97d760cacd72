use std::time::Duration;

use crate::clock::{Clock, Moment};

/// When the answer to a request has to be there.
pub(super) struct Deadline {
    clock: Clock,
    at: Duration,
}

impl Deadline {
    pub(super) fn of(clock: &Clock, arrived: Moment, timeout: Duration) -> Self {
        Self {
            clock: clock.clone(),
            at: arrived.monotonic.saturating_add(timeout),
        }
    }

    pub(super) fn left(&self) -> Duration {
        self.at.saturating_sub(self.clock.monotonic())
    }
}
