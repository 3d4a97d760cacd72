use std::time::Duration;

use secure_policy::parse_duration;

use super::counter::Counter;
use crate::clock::nanos;
use crate::startup::Fault;

/// When whoever guesses has to wait, and for how long: each failure beyond the first few doubles the time until the next
/// attempt is looked at. It holds for what handlers check with [`Attempts`](crate::Attempts). Of credentials that do not verify it
/// only says, after three times as many failures, when the answer is 429 and not 401: a valid one always passes.
///
/// ```
/// use secure_runtime::LockOut;
///
/// let lock_out = LockOut::after(5).first("2s").longest("1h").forget_after("2h");
/// ```
///
/// # Security
///
/// A lock-out is a way to lock somebody out. Here it holds for who is claimed *together with* the address it is claimed from, so
/// that it meets the guesser; for who is claimed from anywhere it takes twenty times as many failures. A lock looks the same
/// whether or not there is such a one.
#[derive(Clone, Debug)]
pub struct LockOut {
    free: u32,
    first: String,
    longest: String,
    decay: String,
}

/// How many times as many failures it takes where they come from anywhere.
const FROM_ANYWHERE: u32 = 20;
/// How many times as many it takes of credentials: a program whose token has expired may try with it several times at once.
const OF_CREDENTIALS: u32 = 3;

impl LockOut {
    /// After as many failures; 10 unless said otherwise.
    #[must_use]
    pub fn after(failures: u32) -> Self {
        Self {
            free: failures,
            ..Self::default()
        }
    }

    /// The first wait, which each further failure doubles; `1s` unless said otherwise.
    #[must_use]
    pub fn first(mut self, time: impl Into<String>) -> Self {
        self.first = time.into();
        self
    }

    /// The longest wait; `15min` unless said otherwise.
    #[must_use]
    pub fn longest(mut self, time: impl Into<String>) -> Self {
        self.longest = time.into();
        self
    }

    /// The time in which one failure is forgotten, the longest wait at least; `15min` unless said otherwise.
    #[must_use]
    pub fn forget_after(mut self, time: impl Into<String>) -> Self {
        self.decay = time.into();
        self
    }

    pub(crate) fn prepare(&self, faults: &mut Vec<Fault>) -> Option<PreparedLockOut> {
        let place = |option: &str| format!("LockOut::{option}");
        let mut time = |option: &str, text: &str| {
            let time = parse_duration(text).map_err(|error| Fault::policy(place(option), &error));
            // A day is long enough for a lock, and keeps the arithmetic far from its ends.
            let time = time.and_then(|time| {
                let fits = (Duration::from_millis(1)..=Duration::from_secs(86_400)).contains(&time);
                let fault = || {
                    Fault::new(
                        place(option),
                        format!("`{text}` lies outside 1 ms to 1 day"),
                        "write `1s`",
                    )
                };
                if fits { Ok(time) } else { Err(fault()) }
            });
            time.map_err(|fault| faults.push(fault)).ok()
        };
        let first = time("first", &self.first);
        let longest = time("longest", &self.longest);
        let decay = time("forget_after", &self.decay);
        if self.free == 0 || self.free > 10_000 {
            faults.push(Fault::new(
                place("after"),
                format!("{} failures lie outside 1 to 10,000", self.free),
                "write `LockOut::after(10)`",
            ));
            return None;
        }
        let (first, longest, decay) = (first?, longest?, decay?);
        if first > longest || longest > decay {
            faults.push(Fault::new(
                place("longest"),
                "the first wait is above the longest, or the longest above the time in which a failure is forgotten",
                "write `.first(\"1s\").longest(\"15min\").forget_after(\"15min\")`",
            ));
            return None;
        }
        let backoff = |free| Counter::Backoff {
            free,
            base: nanos(first),
            longest: nanos(longest),
            decay: nanos(decay),
        };
        Some(PreparedLockOut {
            from_here: backoff(self.free),
            from_anywhere: backoff(self.free.saturating_mul(FROM_ANYWHERE)),
            of_credentials: backoff(self.free.saturating_mul(OF_CREDENTIALS)),
        })
    }
}

impl Default for LockOut {
    fn default() -> Self {
        Self {
            free: 10,
            first: "1s".to_owned(),
            longest: "15min".to_owned(),
            decay: "15min".to_owned(),
        }
    }
}

/// A [`LockOut`] whose times are read.
pub(crate) struct PreparedLockOut {
    pub(crate) from_here: Counter,
    pub(crate) from_anywhere: Counter,
    pub(crate) of_credentials: Counter,
}
