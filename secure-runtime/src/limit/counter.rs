use secure_policy::{Algorithm, Rate};

use crate::clock::nanos;

/// The arithmetic of limits: what a bucket's state and a request's cost make of each other. The script in
/// `shared/gcra.lua` and `count.lua` does the same, and a test holds the two and a naive reference together.
///
/// Times are nanoseconds since 1970, so that a fixed quota's windows begin when a calendar's do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Counter {
    /// A bucket that is refilled by one unit each `interval` up to `size`; the state is the time at which it will be full.
    Gcra { interval: u64, size: u32 },
    /// `count` in each window; the state is the window's begin and what it has seen.
    Quota { window: u64, count: u32 },
    /// `count` in about any window; the state has the window before as well.
    Sliding { window: u64, count: u32 },
    /// Attempts, each of which counts as a failure until it is said to be none. The first `free` may come at once; after
    /// each further one, the next has to wait twice as long, from `base` up to `longest`. One is forgotten each `decay`.
    Backoff {
        free: u32,
        base: u64,
        longest: u64,
        decay: u64,
    },
}

/// What is kept of a bucket. An absent one is full.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct State {
    pub(crate) at: u64,
    pub(crate) used: u32,
    pub(crate) before: u32,
}

/// What a limit says of one request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) admitted: bool,
    /// What is left at once.
    pub(crate) remaining: u32,
    /// Nanoseconds until the bucket is full, or, for a request that was refused, until one like it can be admitted.
    pub(crate) wait: u64,
}

impl Verdict {
    /// Whole seconds, rounded up; never 0 for a refusal.
    pub(crate) fn seconds(&self) -> u64 {
        self.wait.div_ceil(SECOND).max(u64::from(!self.admitted))
    }
}

/// What a request makes of a bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    pub(crate) verdict: Verdict,
    /// The state, if it was admitted.
    pub(crate) state: State,
}

pub(crate) const SECOND: u64 = 1_000_000_000;
const MILLI: u64 = 1_000_000;

impl Counter {
    pub(crate) fn of(rate: &Rate) -> Self {
        let (window, count) = (nanos(rate.window()), rate.count().get());
        match rate.algorithm() {
            Algorithm::Gcra => Self::Gcra {
                // Rounded up: never more than was written.
                interval: window.div_ceil(u64::from(count)),
                size: rate.burst().get(),
            },
            Algorithm::FixedQuota => Self::Quota { window, count },
            Algorithm::SlidingWindow => Self::Sliding { window, count },
        }
    }

    /// One part of `parts`, for an instance that cannot ask the others; a request of this cost fits in.
    #[cfg(any(test, feature = "redis"))]
    pub(crate) fn share(self, parts: u32, cost: u32) -> Self {
        let part = |whole: u32| (whole / parts.max(1)).max(cost).max(1);
        match self {
            Self::Gcra { interval, size } => Self::Gcra {
                interval: interval.saturating_mul(u64::from(parts.max(1))),
                size: part(size),
            },
            Self::Quota { window, count } => Self::Quota {
                window,
                count: part(count),
            },
            Self::Sliding { window, count } => Self::Sliding {
                window,
                count: part(count),
            },
            Self::Backoff { .. } => self,
        }
    }

    /// The most that one request can ever take.
    pub(crate) fn size(self) -> u32 {
        match self {
            Self::Gcra { size, .. } => size,
            Self::Quota { count, .. } | Self::Sliding { count, .. } => count,
            Self::Backoff { .. } => 1,
        }
    }

    /// Draws `cost` from the bucket. A cost of 0 asks what is left.
    #[inline]
    pub(crate) fn draw(self, state: Option<State>, now: u64, cost: u32) -> Outcome {
        match self {
            Self::Gcra { interval, size } => gcra(interval, size, state, now, cost),
            Self::Quota { window, count } => quota(window, count, state, now, cost),
            Self::Sliding { window, count } => sliding(window, count, state, now, cost),
            Self::Backoff {
                free,
                base,
                longest,
                decay,
            } => backoff((free, base, longest, decay), state, now, cost),
        }
    }

    /// When a bucket in this state will be full: nothing is lost if it is forgotten then.
    #[inline]
    pub(crate) fn full_at(self, state: State) -> u64 {
        match self {
            Self::Gcra { .. } => state.at,
            Self::Quota { window, .. } => state.at.saturating_add(window),
            Self::Sliding { window, .. } => state.at.saturating_add(2 * window),
            Self::Backoff { decay, .. } => state.at.saturating_add(decay.saturating_mul(u64::from(state.used))),
        }
    }

    /// How much would be lost if it were forgotten before, as the time in which it is refilled; `None` where that is the
    /// time until it is full.
    #[inline]
    pub(crate) fn worth(self, state: State) -> Option<u64> {
        let used = u64::from(state.used) + u64::from(state.before);
        match self {
            Self::Gcra { .. } => None,
            Self::Quota { window, count } | Self::Sliding { window, count } => {
                Some((window / u64::from(count.max(1))).saturating_mul(used).max(1))
            }
            Self::Backoff { decay, .. } => Some(decay.saturating_mul(used).max(1)),
        }
    }
}

#[inline]
fn gcra(interval: u64, size: u32, state: Option<State>, now: u64, cost: u32) -> Outcome {
    let whole = interval.saturating_mul(u64::from(size));
    // More than a whole bucket is owed after a clock was set back, or when the limit was made smaller.
    let owed = state.map_or(0, |state| state.at.saturating_sub(now)).min(whole);
    let after = owed.saturating_add(interval.saturating_mul(u64::from(cost)));
    let left = |owed: u64| u32::try_from((whole - owed) / interval.max(1)).unwrap_or(u32::MAX);
    let verdict = if after <= whole {
        Verdict {
            admitted: true,
            remaining: left(after),
            wait: after,
        }
    } else {
        Verdict {
            admitted: false,
            remaining: left(owed),
            wait: after - whole,
        }
    };
    Outcome {
        verdict,
        state: State {
            at: now.saturating_add(after),
            ..State::default()
        },
    }
}

fn quota(window: u64, count: u32, state: Option<State>, now: u64, cost: u32) -> Outcome {
    let begin = begin_of(window, now);
    // A window that lies ahead was begun before the clock was set back: what it saw still counts.
    let used = state.filter(|state| state.at >= begin).map_or(0, |state| state.used);
    let after = used.saturating_add(cost);
    let admitted = after <= count;
    Outcome {
        verdict: Verdict {
            admitted,
            remaining: count.saturating_sub(if admitted { after } else { used }),
            wait: begin + window - now,
        },
        state: State {
            at: begin,
            used: after,
            before: 0,
        },
    }
}

fn sliding(window: u64, count: u32, state: Option<State>, now: u64, cost: u32) -> Outcome {
    let begin = begin_of(window, now);
    let (used, before) = match state {
        Some(state) if state.at >= begin => (state.used, state.before),
        Some(state) if state.at + window == begin => (0, state.used),
        _ => (0, 0),
    };
    // They are larger if the limit was made smaller since.
    let (used, before) = (used.min(count), before.min(count));
    // In milliseconds, so that the products are exact in a script's doubles as well.
    let length = window / MILLI;
    let elapsed = (now - begin) / MILLI;
    let whole = u64::from(count) * length;
    let weigh =
        |used: u32, before: u32, elapsed: u64| u64::from(before) * (length - elapsed) + u64::from(used) * length;
    let after = used.saturating_add(cost);
    let weight = weigh(after, before, elapsed);
    if weight <= whole {
        let wait = if after > 0 { 2 * window } else { window };
        return Outcome {
            verdict: Verdict {
                admitted: true,
                remaining: u32::try_from((whole - weight) / length).unwrap_or(u32::MAX),
                wait: begin + wait - now,
            },
            state: State {
                at: begin,
                used: after,
                before,
            },
        };
    }
    // When so much of the older window has passed that the rest fits in; if this window alone is too full, the next one's.
    let fits = |older: u32, room: u32| match older {
        0 => 0,
        older => length.saturating_sub(u64::from(room) * length / u64::from(older)),
    };
    let until = if after <= count {
        begin + fits(before, count - after) * MILLI
    } else {
        begin + window + fits(used, count.saturating_sub(cost)) * MILLI
    };
    Outcome {
        verdict: Verdict {
            admitted: false,
            remaining: u32::try_from(whole.saturating_sub(weigh(used, before, elapsed)) / length).unwrap_or(u32::MAX),
            wait: until.saturating_sub(now),
        },
        state: State {
            at: begin,
            used,
            before,
        },
    }
}

fn begin_of(window: u64, now: u64) -> u64 {
    now - now % window.max(1)
}

fn backoff(of: (u32, u64, u64, u64), state: Option<State>, now: u64, cost: u32) -> Outcome {
    let (free, base, longest, decay) = of;
    let state = state.unwrap_or_default();
    // A time that lies ahead was written before the clock was set back.
    let at = state.at.min(now);
    let forgotten = (now - at) / decay.max(1);
    let used = u64::from(state.used).saturating_sub(forgotten) as u32;
    let delay = |used: u32| match used.checked_sub(free) {
        None => 0,
        Some(over) => base
            .saturating_mul(1u64.checked_shl(over).unwrap_or(u64::MAX))
            .min(longest),
    };
    let until = at.saturating_add(delay(used));
    let remaining = |used: u32| free.saturating_sub(used);
    // What is forgotten is so after the longest delay at the earliest, so a wait never counts from the wrong failure.
    if forgotten == 0 && used >= free && now < until {
        return Outcome {
            verdict: Verdict {
                admitted: false,
                remaining: 0,
                wait: until - now,
            },
            state,
        };
    }
    let after = used.saturating_add(cost);
    Outcome {
        verdict: Verdict {
            admitted: true,
            remaining: remaining(after),
            wait: delay(after),
        },
        state: State {
            at: now,
            used: after,
            before: 0,
        },
    }
}
