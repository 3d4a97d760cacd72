use super::super::counter::{Counter, SECOND};
use crate::redis::Script;

/// What the scripts count by: the server's clock, so that instances need not agree on the time.
const CLOCK: &str = "local now = redis.call('TIME')\n";
const GCRA: &str = include_str!("gcra.lua");
const ONE: &str = include_str!("one.lua");
const COUNT: &str = include_str!("count.lua");
const DRAW: &str = include_str!("draw.lua");
const BACK: &str = include_str!("back.lua");

pub(super) fn draw() -> Script {
    Script::new([CLOCK, GCRA, ONE, COUNT, DRAW].concat())
}

/// Gives back what was drawn.
pub(super) fn back() -> Script {
    Script::new([CLOCK, GCRA, COUNT, BACK].concat())
}

/// Both with a clock of the test's, which stands in the last two arguments. Nothing goes by the server's own meanwhile.
#[cfg(test)]
pub(super) fn at_a_given_time() -> [Script; 2] {
    const CLOCK: &str = r"
local now = {ARGV[#ARGV - 1], ARGV[#ARGV]}
local server = redis
local redis = {
  call = function(name, key, ...)
    local more = { ... }
    if name == 'SET' and more[2] == 'PX' then return server.call(name, key, more[1]) end
    return server.call(name, key, ...)
  end
}
";
    [[ONE, COUNT, DRAW], ["", COUNT, BACK]].map(|rest| Script::new([CLOCK, GCRA, &rest.concat()].concat()))
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
