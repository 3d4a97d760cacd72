//! The limits as one would explain them, without any care for time or memory: a second opinion for tests.

use super::counter::{Counter, SECOND};

/// A limit with everything that it ever admitted.
pub(super) struct Naive {
    counter: Counter,
    admitted: Vec<(u64, u32)>,
    /// GCRA: when each unit that was taken comes back.
    back: Vec<u64>,
    failures: u32,
    last: Option<u64>,
}

impl Naive {
    pub(super) fn new(counter: Counter) -> Self {
        Self {
            counter,
            admitted: Vec::new(),
            back: Vec::new(),
            failures: 0,
            last: None,
        }
    }

    fn sum(&self, from: u64, to: u64) -> u64 {
        let within = self.admitted.iter().filter(|(at, _)| (from..to).contains(at));
        within.map(|(_, cost)| u64::from(*cost)).sum()
    }

    /// Would it be admitted?
    pub(super) fn admits(&self, now: u64, cost: u32) -> bool {
        match self.counter {
            Counter::Gcra { size, .. } => {
                let out = self.back.iter().filter(|at| **at > now).count() as u64;
                out + u64::from(cost) <= u64::from(size)
            }
            Counter::Quota { window, count } => {
                let begin = now / window * window;
                self.sum(begin, begin + window) + u64::from(cost) <= u64::from(count)
            }
            Counter::Sliding { window, count } => {
                let begin = now / window * window;
                let before = begin.checked_sub(window).map_or(0, |older| self.sum(older, begin));
                let this = self.sum(begin, begin + window) + u64::from(cost);
                // What is left of the older window, in thousandths of a second.
                let left = u128::from((window / 1_000_000) - (now - begin) / 1_000_000);
                let length = u128::from(window / 1_000_000);
                u128::from(before) * left + u128::from(this) * length <= u128::from(count) * length
            }
            Counter::Backoff {
                free,
                base,
                longest,
                decay,
            } => {
                let Some(last) = self.last else {
                    return true;
                };
                if self.failures < free || now - last >= decay {
                    return true;
                }
                let doubled = (0..self.failures - free).fold(u128::from(base), |wait, _| (wait * 2).min(1 << 80));
                u128::from(now - last) >= doubled.min(u128::from(longest))
            }
        }
    }

    /// It was admitted.
    pub(super) fn count(&mut self, now: u64, cost: u32) {
        self.admitted.push((now, cost));
        match self.counter {
            Counter::Gcra { interval, .. } => {
                for _ in 0..cost {
                    let last = self.back.last().copied().unwrap_or(0).max(now);
                    self.back.push(last + interval);
                }
            }
            Counter::Backoff { decay, .. } => {
                let mut since = self.last.map_or(0, |last| now - last);
                while since >= decay && self.failures > 0 {
                    self.failures -= 1;
                    since -= decay;
                }
                self.failures += cost;
                self.last = Some(now);
            }
            Counter::Quota { .. } | Counter::Sliding { .. } => {}
        }
    }
}

/// One of each kind, with numbers that do not divide well.
pub(super) fn counters() -> Vec<Counter> {
    vec![
        Counter::Gcra {
            interval: SECOND / 7 + 1,
            size: 5,
        },
        Counter::Gcra {
            interval: 13 * 86_400 * SECOND,
            size: 4,
        },
        Counter::Quota {
            window: 3 * SECOND,
            count: 7,
        },
        Counter::Quota {
            window: 86_400 * SECOND,
            count: 3,
        },
        Counter::Sliding {
            window: 7 * SECOND,
            count: 11,
        },
        Counter::Sliding {
            window: 86_400 * SECOND,
            count: 6,
        },
        Counter::Backoff {
            free: 2,
            base: SECOND / 3,
            longest: 5 * SECOND,
            decay: 6 * SECOND,
        },
    ]
}
