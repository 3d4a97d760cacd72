use std::fmt;
use std::num::NonZeroU32;
use std::time::Duration;

use crate::{ParseError, parse_window};

/// Whose requests are counted together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Per {
    /// The authenticated caller; where there is none, the address.
    #[default]
    Caller,
    /// The client's address, IPv6 by its /64.
    Ip,
    /// All requests to the endpoint.
    Endpoint,
}

impl Per {
    /// Every value, for messages.
    pub const ALL: [Self; 3] = [Self::Caller, Self::Ip, Self::Endpoint];

    /// The word in the attribute, and the name of the policy in the `RateLimit` headers.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Caller => "caller",
            Self::Ip => "ip",
            Self::Endpoint => "endpoint",
        }
    }

    /// The value of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|per| per.as_str() == name)
    }
}

/// A limit: `count` requests in each `window`, of which up to `burst` may come at once.
///
/// It is enforced by GCRA, a leaky bucket: a full bucket admits `burst` requests at once, and refills at an even pace of
/// `count` in each `window`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rate {
    count: NonZeroU32,
    window: Duration,
    burst: NonZeroU32,
    cost: NonZeroU32,
    per: Per,
}

impl Rate {
    /// Reads `"100/min"`: a burst of the same size, a cost of 1, per caller.
    ///
    /// # Errors
    ///
    /// On a count that is zero or no number, on an unknown window, and on a pace above one request each nanosecond.
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
        if window.as_nanos() < u128::from(count.get()) {
            return Err(ParseError::new(
                format!("`{text}` is above one request each nanosecond"),
                help,
            ));
        }
        Ok(Self {
            count,
            window,
            burst: count,
            cost: NonZeroU32::MIN,
            per: Per::Caller,
        })
    }

    /// A rate that the macro has already checked.
    ///
    /// # Panics
    ///
    /// While compiling, if a number is zero or the cost above the burst.
    #[must_use]
    pub const fn from_parts(count: u32, window_seconds: u64, burst: u32, cost: u32, per: Per) -> Self {
        assert!(window_seconds > 0, "a window of zero");
        assert!(cost <= burst, "a cost above the burst");
        assert!(window_seconds <= 2_678_400, "a window above 31 days");
        assert!(
            count as u64 <= window_seconds * 1_000_000_000,
            "a rate above one request each nanosecond"
        );
        Self {
            count: above_zero(count),
            window: Duration::from_secs(window_seconds),
            burst: above_zero(burst),
            cost: above_zero(cost),
            per,
        }
    }

    /// The same rate with another burst and cost.
    ///
    /// # Errors
    ///
    /// If one is zero, or the cost is above the burst: such a request could never be admitted.
    pub fn with(mut self, burst: Option<u32>, cost: Option<u32>) -> Result<Self, ParseError> {
        if let Some(burst) = burst {
            self.burst = NonZeroU32::new(burst)
                .ok_or_else(|| ParseError::new("a burst of zero admits nobody", "write `burst = 1` or more"))?;
        }
        if let Some(cost) = cost {
            self.cost = NonZeroU32::new(cost)
                .ok_or_else(|| ParseError::new("a cost of zero limits nothing", "write `cost = 1` or more"))?;
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
        Ok(self)
    }

    /// The same rate, counted by something else.
    #[must_use]
    pub const fn per(mut self, per: Per) -> Self {
        self.per = per;
        self
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

    /// How many may come at once.
    #[must_use]
    pub const fn burst(&self) -> NonZeroU32 {
        self.burst
    }

    /// How much of the bucket one request takes.
    #[must_use]
    pub const fn cost(&self) -> NonZeroU32 {
        self.cost
    }

    /// Whose requests are counted together.
    #[must_use]
    pub const fn counted_per(&self) -> Per {
        self.per
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
        if self.cost.get() != 1 {
            write!(f, " cost {}", self.cost)?;
        }
        write!(f, " per {}", self.per.as_str())
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
            .with(Some(20), Some(5))
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
        ] {
            assert!(Rate::parse(text).is_err(), "{text}");
        }
        let rate = Rate::parse("10/s").unwrap();
        assert!(rate.with(Some(0), None).is_err());
        assert!(rate.with(None, Some(0)).is_err());
        assert!(rate.with(None, Some(11)).is_err());
        assert!(rate.with(Some(11), Some(11)).is_ok());
    }
}
