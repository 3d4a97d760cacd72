use redis::Script;

use super::super::counter::Counter;
use super::super::counter::SECOND;

/// What the script counts by: the server's clock, so that instances need not agree on the time.
const CLOCK: &str = "local now = redis.call('TIME')\n";
const DRAW: &str = include_str!("draw.lua");

pub(super) fn draw() -> Script {
    Script::new(&format!("{CLOCK}{DRAW}"))
}

/// The same with a clock of the test's, which stands in the last two arguments.
#[cfg(test)]
pub(super) fn draw_at_a_given_time() -> Script {
    Script::new(&format!("local now = {{ARGV[#ARGV - 1], ARGV[#ARGV]}}\n{DRAW}"))
}

/// The name and the parameters of a counter, as the script takes them.
pub(super) fn arguments(counter: Counter) -> (&'static str, [Option<u64>; 4]) {
    match counter {
        Counter::Gcra { interval, size } => ("gcra", [Some(interval), Some(size.into()), None, None]),
        Counter::Quota { window, count } => ("fixed_quota", [Some(window / SECOND), Some(count.into()), None, None]),
        Counter::Sliding { window, count } => (
            "sliding_window",
            [Some(window / SECOND), Some(count.into()), None, None],
        ),
        Counter::Backoff {
            free,
            base,
            longest,
            decay,
        } => ("backoff", [Some(free.into()), Some(base), Some(longest), Some(decay)]),
    }
}
