use std::fmt::Write as _;

use super::Spread;
use super::table::shown;
use crate::{Loaded, Seen};

impl Loaded {
    /// The scenario by plain axum, round by round.
    pub(super) fn ratio(&self, of: impl Fn(&Seen) -> f64 + Copy) -> Spread {
        Spread::of(self.rounds.iter().map(move |(plain, subject)| of(subject) / of(plain)))
    }
}

/// All servers, each beside plain axum in the same rounds.
pub(super) fn table(load: &[Loaded]) -> String {
    if load.is_empty() {
        return String::new();
    }
    let mut text = "## Over loopback sockets\n\nEach as a multiple of plain axum in the same rounds.\n\n\
                    | | throughput | middle half | p50 | p99 | processor per request | memory |\n|---|--:|:-:|--:|--:|--:|--:|"
        .to_owned();
    for loaded in load {
        let rate = loaded.ratio(|seen| seen.rate);
        let middle = |of: fn(&Seen) -> f64| loaded.ratio(of).middle;
        let memory = loaded.memory.1 as f64 / loaded.memory.0 as f64;
        let _ = write!(
            text,
            "\n| {} | {:.3} | {:.3} to {:.3} | {} | {} | {} | {} |",
            loaded.name,
            rate.middle,
            rate.low,
            rate.high,
            shown(Some(middle(|seen| seen.p50)), 2),
            shown(Some(middle(|seen| seen.p99)), 2),
            shown(Some(middle(|seen| seen.processor)), 2),
            shown(Some(memory), 2),
        );
    }
    let plain = |of: fn(&Seen) -> f64| {
        Spread::of(
            load.iter()
                .flat_map(|loaded| &loaded.rounds)
                .map(|(plain, _)| of(plain)),
        )
        .middle
    };
    let memory = load.iter().map(|loaded| loaded.memory.0).max().unwrap_or_default() as f64 / f64::from(1 << 20);
    let _ = writeln!(
        text,
        "\n\nPlain axum: {:.0} requests a second, p50 {:.0} µs, p99 {:.0} µs, {:.2} µs of the processor for a request, {memory:.1} MiB.",
        plain(|seen| seen.rate),
        plain(|seen| seen.p50),
        plain(|seen| seen.p99),
        plain(|seen| seen.processor),
    );
    text
}
