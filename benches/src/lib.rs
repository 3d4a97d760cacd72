//! Two ways to do the same, measured side by side: in turns, in one run, so that whatever the machine does besides meets both.

mod bounds;
mod counting;
mod instructions;
pub mod scenario;
mod server;

pub use bounds::{Bound, Bounds};
pub use counting::{Allocations, Counting};
pub use instructions::Instructions;
pub use server::RedisServer;

use std::time::{Duration, Instant};

/// How often each is measured.
const ROUNDS: usize = 4001;

/// How long one measurement takes at least: less than a scheduler's slice, so that on a busy machine most rounds have the processor
/// for themselves.
const ROUND: Duration = Duration::from_micros(150);

/// What two ways cost.
#[derive(Clone, Copy, Debug)]
pub struct Pair {
    /// Nanoseconds of one call of the first, in the middle of all rounds.
    pub base: f64,
    /// Of the second.
    pub other: f64,
    /// The second by the first, in the middle of all rounds: each round is compared with its neighbour.
    pub ratio: f64,
    /// A quarter of the rounds had a lower ratio than this, and a quarter a higher one than that.
    pub spread: (f64, f64),
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
    Pair::of(&rounds)
}

impl Pair {
    /// Of rounds that were measured elsewhere, each in turns: the first and the second.
    #[must_use]
    pub fn of(rounds: &[(f64, f64)]) -> Self {
        let ratio = |part| part_of(rounds.iter().map(|(base, other)| other / base), part);
        Self {
            base: part_of(rounds.iter().map(|(base, _)| *base), 0.5),
            other: part_of(rounds.iter().map(|(_, other)| *other), 0.5),
            ratio: ratio(0.5),
            spread: (ratio(0.25), ratio(0.75)),
        }
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

/// The value that this part of all values is below.
#[must_use]
pub fn part_of(values: impl Iterator<Item = f64>, part: f64) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    let place = (values.len() as f64 * part) as usize;
    values.get(place).copied().unwrap_or(f64::NAN)
}

/// Bytes of this process that are in memory, where the system tells.
#[must_use]
pub fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim()
        .strip_suffix(" kB")?
        .parse::<u64>()
        .ok()
        .map(|kilo| kilo * 1024)
}

/// Numbers in an order that caches cannot foresee, and that every run has alike: xorshift64*.
#[derive(Clone, Copy, Debug)]
pub struct Shuffled(pub u64);

impl Iterator for Shuffled {
    type Item = u64;

    fn next(&mut self) -> Option<u64> {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        Some(self.0.wrapping_mul(0x2545_f491_4f6c_dd1d))
    }
}
