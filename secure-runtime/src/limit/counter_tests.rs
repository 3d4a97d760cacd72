use proptest::prelude::*;
use secure_policy::Rate;

use super::counter::{Counter, SECOND, State};
use super::naive::{Naive, counters};

/// 2026-01-01, with a part of a second.
const BEGIN: u64 = 1_767_225_600 * SECOND + 123_456_789;

/// Steps in time from nothing to days, mostly short ones.
pub(super) fn steps() -> impl Strategy<Value = u64> {
    prop_oneof![
        4 => 0..2 * SECOND,
        2 => Just(0u64),
        2 => 0..20 * SECOND,
        1 => 0..40 * 86_400 * SECOND,
        1 => (0u64..30).prop_map(|windows| windows * SECOND),
    ]
}

proptest! {
    #[test]
    fn l10_the_arithmetic_and_the_naive_reference_agree(
        which in 0..counters().len(),
        events in proptest::collection::vec((steps(), 0..4u32), 1..60),
    ) {
        let counter = counters()[which];
        let mut naive = Naive::new(counter);
        let mut state: Option<State> = None;
        let mut now = BEGIN;
        for (step, cost) in events {
            now += step;
            let outcome = counter.draw(state, now, cost);
            prop_assert_eq!(outcome.verdict.admitted, naive.admits(now, cost), "{:?} at {}", counter, now - BEGIN);
            if outcome.verdict.admitted {
                if cost > 0 {
                    naive.count(now, cost);
                    state = Some(outcome.state);
                }
            } else {
                // The wait is as long as it has to be, and no longer.
                let wait = outcome.verdict.wait;
                prop_assert!(wait > 0);
                prop_assert!(naive.admits(now + wait, cost), "{:?} after {}", counter, wait);
                let earlier = match counter { Counter::Sliding { .. } => 1_000_000, _ => 1 };
                prop_assert!(wait < earlier || !naive.admits(now + wait - earlier, cost), "{:?} after {}", counter, wait);
            }
            // What is said to be left can be had at once, and one more cannot.
            let left = counter.draw(state, now, 0).verdict.remaining;
            if !matches!(counter, Counter::Backoff { .. }) {
                prop_assert!(left == 0 || naive.admits(now, left));
                prop_assert!(!naive.admits(now, left + 1));
            }
        }
    }

    #[test]
    fn what_is_full_again_can_be_forgotten(
        which in 0..counters().len(),
        events in proptest::collection::vec((steps(), 1..4u32), 1..30),
        later in 0..SECOND,
        cost in 1..4u32,
    ) {
        let counter = counters()[which];
        let mut state = None;
        let mut now = BEGIN;
        for (step, cost) in events {
            now += step;
            let outcome = counter.draw(state, now, cost);
            if outcome.verdict.admitted {
                state = Some(outcome.state);
            }
        }
        if let Some(state) = state {
            let then = now.max(counter.full_at(state)) + later;
            let kept = counter.draw(Some(state), then, cost).verdict;
            let forgotten = counter.draw(None, then, cost).verdict;
            prop_assert_eq!(kept, forgotten);
        }
    }
}

#[test]
fn a_clock_that_was_set_back_locks_nobody_out_for_longer_than_a_full_bucket() {
    for counter in counters() {
        let mut state = None;
        for _ in 0..20 {
            let outcome = counter.draw(state, BEGIN, 1);
            if outcome.verdict.admitted {
                state = Some(outcome.state);
            }
        }
        let longest = match counter {
            Counter::Gcra { interval, size } => interval * u64::from(size),
            Counter::Quota { window, .. } => window,
            Counter::Sliding { window, .. } => 2 * window,
            Counter::Backoff { longest, .. } => longest,
        };
        let earlier = BEGIN - 400 * 86_400 * SECOND;
        let verdict = counter.draw(state, earlier, 1).verdict;
        assert!(verdict.wait <= longest, "{counter:?}: {verdict:?}");
    }
}

#[test]
fn a_pace_is_never_above_what_was_written() {
    for (count, seconds) in [(7, 1), (100, 60), (999_983, 1), (3, 2_678_400)] {
        let Counter::Gcra { interval, .. } = Counter::of(&Rate::new(count, seconds)) else {
            panic!("GCRA is the default")
        };
        let window = interval * u64::from(count);
        assert!((seconds * SECOND..seconds * SECOND + u64::from(count)).contains(&window));
    }
}

#[test]
fn a_share_admits_no_more_than_its_part_and_never_nobody() {
    let gcra = Counter::Gcra {
        interval: SECOND,
        size: 10,
    };
    let share = Counter::Gcra {
        interval: 4 * SECOND,
        size: 2,
    };
    assert_eq!(gcra.share(4, 1), share);
    let small = Counter::Quota {
        window: SECOND,
        count: 2,
    };
    assert_eq!(small.share(4, 1).size(), 1);
    assert_eq!(small.share(4, 2).size(), 2, "a request of this cost is possible at all");
}

#[test]
fn l2_a_wait_is_never_zero_seconds() {
    let counter = Counter::Gcra { interval: 1, size: 1 };
    let state = Some(counter.draw(None, BEGIN, 1).state);
    let refused = counter.draw(state, BEGIN, 1).verdict;
    assert!(!refused.admitted);
    assert_eq!((refused.wait, refused.seconds()), (1, 1));
}
