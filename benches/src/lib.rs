//! Two ways to do the same, measured side by side: in turns, in one run, so that whatever the machine does besides meets both.

use std::time::{Duration, Instant};

/// How often each is measured.
const ROUNDS: usize = 301;

/// How long one measurement takes at least.
const ROUND: Duration = Duration::from_millis(2);

/// What two ways cost.
#[derive(Clone, Copy, Debug)]
pub struct Pair {
    /// Nanoseconds of one call of the first, in the middle of all rounds.
    pub base: f64,
    /// Of the second.
    pub other: f64,
    /// The second by the first, in the middle of all rounds: each round is compared with its neighbour.
    pub ratio: f64,
}

/// Measures both.
pub fn side_by_side(mut base: impl FnMut(), mut other: impl FnMut()) -> Pair {
    let calls = calls_for(&mut base).max(calls_for(&mut other));
    let mut rounds: Vec<(f64, f64)> = Vec::with_capacity(ROUNDS);
    for round in 0..ROUNDS {
        // Who comes second may find the caches warm: they take turns at that, too.
        let pair = if round % 2 == 0 {
            let first = time(&mut base, calls);
            (first, time(&mut other, calls))
        } else {
            let second = time(&mut other, calls);
            (time(&mut base, calls), second)
        };
        rounds.push(pair);
    }
    Pair {
        base: middle(rounds.iter().map(|(base, _)| *base)),
        other: middle(rounds.iter().map(|(_, other)| *other)),
        ratio: middle(rounds.iter().map(|(base, other)| other / base)),
    }
}

/// How many calls fill a round.
fn calls_for(call: &mut impl FnMut()) -> u32 {
    let mut calls = 1u32;
    loop {
        let started = Instant::now();
        (0..calls).for_each(|_| call());
        if started.elapsed() >= ROUND {
            return calls;
        }
        calls = calls.saturating_mul(2);
    }
}

/// Nanoseconds of one call.
fn time(call: &mut impl FnMut(), calls: u32) -> f64 {
    let started = Instant::now();
    (0..calls).for_each(|_| call());
    started.elapsed().as_secs_f64() * 1e9 / f64::from(calls)
}

fn middle(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
