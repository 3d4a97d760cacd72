use std::fmt;
use std::num::NonZeroU32;
use std::time::Duration;

use crate::{Algorithm, ParseError, Per, parse_window, valid_limit_name};

/// A limit: `count` requests in each `window`, counted as its [`Algorithm`] says.
///
/// By default that is GCRA, a leaky bucket: a full bucket admits `burst` requests at once, and refills at an even pace of
/// `count` in each `window`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rate {
    count: NonZeroU32,
    window: Duration,
    burst: NonZeroU32,
    cost: NonZeroU32,
    per: Per,
    algorithm: Algorithm,
    name: Option<&'static str>,
    computed_cost: Option<&'static str>,
}

/// How many limits one request can be counted in.
pub const MAX_LIMITS: usize = 8;

/// The longest time that a bucket may take to fill: 52 days, so that Redis, whose scripts count in doubles, counts its
/// nanoseconds exactly.
const LONGEST_REFILL: u64 = 52 * 86_400;
/// The largest product of count and window, in milliseconds, of a sliding window: the same doubles.
const LARGEST_WINDOW: u64 = 1 << 51;

impl Rate {
    /// Reads `"100/min"`: GCRA with a burst of the same size, a cost of 1, per caller.
    ///
    /// # Errors
    ///
    /// On a count that is zero or no number, on an unknown window, and on a pace above one request each microsecond.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let help = "write a count and a window, as in `\"100/min\"`";
        let Some((count, window)) = text.split_once('/') else {
            return Err(ParseError::new(format!("`{text}` is not a rate"), help));
        };
        let window = parse_window(window.trim())?;
        if count.trim().is_empty() {
            return Err(ParseError::new("there is no count of requests before `/`", help));
        }
        let count: u32 = count
            .trim()
            .parse()
            .map_err(|_| ParseError::new(format!("`{}` is not a count of requests", count.trim()), help))?;
        let count = NonZeroU32::new(count)
            .ok_or_else(|| ParseError::new("a rate of zero admits nobody", "raise it, or remove the endpoint"))?;
        if window.as_micros() < u128::from(count.get()) {
            return Err(ParseError::new(
                format!("`{text}` is above one request each microsecond"),
                help,
            ));
        }
        Ok(Self::of(count, window))
    }

    const fn of(count: NonZeroU32, window: Duration) -> Self {
        Self {
            count,
            window,
            burst: count,
            cost: NonZeroU32::MIN,
            per: Per::Caller,
            algorithm: Algorithm::Gcra,
            name: None,
            computed_cost: None,
        }
    }

    /// A rate that the macro has already checked: a burst of the same size, a cost of 1, per caller, GCRA.
    ///
    /// # Panics
    ///
    /// While compiling, on what [`Rate::parse`] refuses.
    #[must_use]
    pub const fn new(count: u32, window_seconds: u64) -> Self {
        assert!(
            window_seconds > 0 && window_seconds <= 2_678_400,
            "a window outside 1 s to 31 days"
        );
        assert!(
            count as u64 <= window_seconds * 1_000_000,
            "a rate above one request each microsecond"
        );
        Self::of(above_zero(count), Duration::from_secs(window_seconds))
    }

    /// The same rate with another burst, cost and algorithm, where they are given.
    ///
    /// # Errors
    ///
    /// If a number is zero; if the cost is above the burst, since such a request could never be admitted; on a burst for
    /// an algorithm that has none; and if the numbers are larger than can be counted exactly.
    pub fn with(
        mut self,
        burst: Option<u32>,
        cost: Option<u32>,
        algorithm: Option<Algorithm>,
    ) -> Result<Self, ParseError> {
        if let Some(algorithm) = algorithm {
            self.algorithm = algorithm;
        }
        if let Some(burst) = burst {
            if self.algorithm != Algorithm::Gcra {
                return Err(ParseError::new(
                    format!(
                        "`{}` has no burst: all of its count may come at once",
                        self.algorithm.as_str()
                    ),
                    "remove `burst`",
                ));
            }
            self.burst = NonZeroU32::new(burst)
                .ok_or_else(|| ParseError::new("a burst of zero admits nobody", "write `burst = 1` or more"))?;
        }
        if let Some(cost) = cost {
            self.cost = Self::checked_cost(cost)?;
        }
        if self.cost > self.burst {
            return Err(ParseError::new(
                format!(
                    "a cost of {} is above the burst of {}, so no request is ever admitted",
                    self.cost, self.burst
                ),
                format!("write `burst = {}` or more, or lower the cost", self.cost),
            ));
        }
        if !self.can_be_counted() {
            return Err(ParseError::new(
                "these numbers are too large to be counted exactly",
                "write a smaller burst, or a shorter window",
            ));
        }
        Ok(self)
    }

    /// What a request takes, above zero.
    ///
    /// # Errors
    ///
    /// On zero, which would limit nothing.
    pub fn checked_cost(cost: u32) -> Result<NonZeroU32, ParseError> {
        NonZeroU32::new(cost)
            .ok_or_else(|| ParseError::new("a cost of zero limits nothing", "write `cost = 1` or more"))
    }

    const fn can_be_counted(&self) -> bool {
        match self.algorithm {
            // u32 × 31 days lies below 2⁶⁴.
            Algorithm::Gcra => {
                self.burst.get() as u64 * self.window.as_secs() <= LONGEST_REFILL * self.count.get() as u64
            }
            Algorithm::SlidingWindow => self.count.get() as u64 * (self.window.as_secs() * 1000) <= LARGEST_WINDOW,
            Algorithm::FixedQuota => true,
        }
    }

    /// The same rate with another burst, for constants.
    ///
    /// # Panics
    ///
    /// While compiling, on what [`Rate::with`] refuses.
    #[must_use]
    pub const fn burst_of(mut self, burst: u32) -> Self {
        self.burst = above_zero(burst);
        assert!(self.can_be_counted(), "a burst that is too large to be counted exactly");
        self
    }

    /// The same rate, of which one request takes more, for constants.
    ///
    /// # Panics
    ///
    /// While compiling, on what [`Rate::with`] refuses.
    #[must_use]
    pub const fn cost_of(mut self, cost: u32) -> Self {
        assert!(
            cost <= self.burst.get(),
            "a cost above the burst, so no request is ever admitted"
        );
        self.cost = above_zero(cost);
        self
    }

    /// The same rate, of which a request takes what this expression over its arguments says, and 1 at least.
    #[must_use]
    pub const fn cost_by(mut self, expression: &'static str) -> Self {
        self.computed_cost = Some(expression);
        self
    }

    /// The same rate, counted in another way, for constants.
    ///
    /// # Panics
    ///
    /// While compiling, on what [`Rate::with`] refuses.
    #[must_use]
    pub const fn counted_by(mut self, algorithm: Algorithm) -> Self {
        self.algorithm = algorithm;
        assert!(
            self.can_be_counted(),
            "a window that is too large to be counted exactly"
        );
        self
    }

    /// The same rate, counted for somebody else.
    #[must_use]
    pub const fn per(mut self, per: Per) -> Self {
        self.per = per;
        self
    }

    /// The same rate under a name: all endpoints with a limit of this name draw from one bucket.
    ///
    /// # Panics
    ///
    /// While compiling, on a name that is not made of lower-case letters, digits, `-` and `_`, beginning with a letter.
    #[must_use]
    pub const fn named(mut self, name: &'static str) -> Self {
        assert!(
            valid_limit_name(name),
            "the name of a limit is made of lower-case letters, digits, `-` and `_`, begins with a letter, and has 64 characters at most"
        );
        self.name = Some(name);
        self
    }

    /// Could both be counted in one bucket? Only what a request takes may differ.
    #[must_use]
    pub fn counts_like(&self, other: &Self) -> bool {
        let counted = |rate: &Self| (rate.count, rate.window, rate.burst, rate.per, rate.algorithm);
        counted(self) == counted(other)
    }

    /// Requests in each window.
    #[must_use]
    pub const fn count(&self) -> NonZeroU32 {
        self.count
    }

    /// The window, in whole seconds.
    #[must_use]
    pub const fn window(&self) -> Duration {
        self.window
    }

    /// How many may come at once: for all algorithms but GCRA the count.
    #[must_use]
    pub const fn burst(&self) -> NonZeroU32 {
        self.burst
    }

    /// How much of the bucket one request takes; with a [computed cost](Self::computed_cost), at least.
    #[must_use]
    pub const fn cost(&self) -> NonZeroU32 {
        self.cost
    }

    /// Whose requests are counted together.
    #[must_use]
    pub const fn counted_per(&self) -> Per {
        self.per
    }

    /// How they are counted.
    #[must_use]
    pub const fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The name, of a limit that endpoints share.
    #[must_use]
    pub const fn name(&self) -> Option<&'static str> {
        self.name
    }

    /// The expression that says what a request takes, as written, where there is one.
    #[must_use]
    pub const fn computed_cost(&self) -> Option<&'static str> {
        self.computed_cost
    }
}

const fn above_zero(n: u32) -> NonZeroU32 {
    assert!(n > 0, "a rate, burst or cost of zero");
    match NonZeroU32::new(n) {
        Some(n) => n,
        None => NonZeroU32::MIN,
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/", self.count)?;
        match self.window.as_secs() {
            1 => f.write_str("s")?,
            60 => f.write_str("min")?,
            3600 => f.write_str("h")?,
            86_400 => f.write_str("day")?,
            seconds => write!(f, "{seconds}s")?,
        }
        if self.burst != self.count {
            write!(f, " burst {}", self.burst)?;
        }
        match self.computed_cost {
            Some(expression) => write!(f, " cost {expression}")?,
            None if self.cost.get() != 1 => write!(f, " cost {}", self.cost)?,
            None => {}
        }
        write!(f, " per {}", self.per.as_str())?;
        if self.algorithm != Algorithm::Gcra {
            write!(f, " by {}", self.algorithm.as_str())?;
        }
        match self.name {
            Some(name) => write!(f, " ({name})"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_prints() {
        assert_eq!(Rate::parse("100/min").unwrap().to_string(), "100/min per caller");
        let rate = Rate::parse("10 / 30s")
            .unwrap()
            .with(Some(20), Some(5), None)
            .unwrap()
            .per(Per::Ip);
        assert_eq!(rate.to_string(), "10/30s burst 20 cost 5 per ip");
    }

    #[test]
    fn refuses_rates_that_admit_nobody_or_limit_nothing() {
        for text in [
            "",
            "100",
            "0/min",
            "-1/min",
            "100/fortnight",
            "1e3/s",
            "4294967296/s",
            "1/0s",
            "1000001/s",
        ] {
            assert!(Rate::parse(text).is_err(), "{text}");
        }
        let rate = Rate::parse("10/s").unwrap();
        assert!(rate.with(Some(0), None, None).is_err());
        assert!(rate.with(None, Some(0), None).is_err());
        assert!(rate.with(None, Some(11), None).is_err());
        assert!(rate.with(Some(11), Some(11), None).is_ok());
    }
    #[test]
    fn what_cannot_be_counted_exactly_is_refused() {
        let monthly = Rate::parse("1/31day").unwrap();
        assert!(monthly.with(Some(1), None, None).is_ok());
        assert!(monthly.with(Some(2), None, None).is_err());
        let huge = Rate::parse("4000000000/31day").unwrap();
        assert!(huge.with(None, None, Some(Algorithm::SlidingWindow)).is_err());
        assert!(huge.with(None, None, Some(Algorithm::FixedQuota)).is_ok());
    }

    #[test]
    fn windows_have_no_burst() {
        let rate = Rate::parse("10/s").unwrap();
        for algorithm in [Algorithm::SlidingWindow, Algorithm::FixedQuota] {
            assert!(rate.with(Some(20), None, Some(algorithm)).is_err());
            assert!(rate.with(None, Some(10), Some(algorithm)).is_ok());
        }
    }

    #[test]
    fn all_that_was_said_is_printed() {
        const SEARCH: Rate = Rate::new(10_000, 86_400)
            .counted_by(Algorithm::FixedQuota)
            .per(Per::Tenant)
            .cost_by("page.size")
            .named("search");
        assert_eq!(
            SEARCH.to_string(),
            "10000/day cost page.size per tenant by fixed_quota (search)"
        );
    }
}
