use std::fmt;
use std::num::NonZeroU32;
use std::time::Duration;

use crate::ParseError;

/// A number of bytes, above zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ByteSize(u64);

impl ByteSize {
    /// The largest size that may be asked for: 1 TiB. Above it the unit is almost certainly a slip.
    pub const MAX: u64 = 1 << 40;

    /// A size that the macro has already checked.
    ///
    /// # Panics
    ///
    /// While compiling, if `bytes` is zero or above [`ByteSize::MAX`].
    #[must_use]
    pub const fn new(bytes: u64) -> Self {
        assert!(bytes > 0 && bytes <= Self::MAX, "a size outside 1 B to 1 TiB");
        Self(bytes)
    }

    /// Reads `"1MiB"`, `"64 kB"`, `"512"` (bytes).
    ///
    /// # Errors
    ///
    /// On a text that is no size, on zero, and above [`ByteSize::MAX`].
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let help = "write a whole size with its unit, as in `\"64KiB\"` or `\"1MiB\"`";
        let bytes = text
            .parse::<bytesize::ByteSize>()
            .map_err(|_| ParseError::new(format!("`{text}` is not a size"), help))?
            .as_u64();
        match bytes {
            0 => Err(ParseError::new("a size of zero refuses every body", help)),
            1..=Self::MAX => Ok(Self(bytes)),
            _ => Err(ParseError::new(format!("`{text}` is above 1 TiB"), help)),
        }
    }

    /// The size in bytes.
    #[must_use]
    pub const fn bytes(self) -> u64 {
        self.0
    }
}

impl fmt::Display for ByteSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = bytesize::ByteSize(self.0);
        // Only print a unit where the size is a whole multiple of it: a limit must read back as itself.
        let units = [
            (1u64 << 40, "TiB"),
            (1 << 30, "GiB"),
            (1 << 20, "MiB"),
            (1 << 10, "KiB"),
        ];
        match units.iter().find(|(unit, _)| self.0.is_multiple_of(*unit)) {
            Some((unit, name)) => write!(f, "{}{name}", self.0 / unit),
            None => write!(f, "{}B", size.as_u64()),
        }
    }
}

/// Reads a time-out such as `"5s"` or `"1m 30s"`: from 1 ms to 1 h.
///
/// # Errors
///
/// On a text that is no length of time, and on one outside those bounds.
pub fn parse_time(text: &str) -> Result<Duration, ParseError> {
    let help = "write a length of time with its unit, as in `\"500ms\"` or `\"5s\"`";
    let time = humantime::parse_duration(text)
        .map_err(|_| ParseError::new(format!("`{text}` is not a length of time"), help))?;
    if time.is_zero() {
        return Err(ParseError::new("a time-out of zero refuses every request", help));
    }
    if !(Duration::from_millis(1)..=Duration::from_secs(3600)).contains(&time) {
        return Err(ParseError::new(format!("`{text}` lies outside 1 ms to 1 h"), help));
    }
    Ok(time)
}

/// Reads a length of time such as `"0s"`, `"90s"` or `"90days"`: 100 years at most. Whoever asks for one says which are sensible.
///
/// # Errors
///
/// On a text that is no length of time, and above 100 years, where the unit is almost certainly a slip.
pub fn parse_duration(text: &str) -> Result<Duration, ParseError> {
    let help = "write a length of time with its unit, as in `\"30s\"`, `\"1h\"` or `\"90days\"`";
    let time = humantime::parse_duration(text)
        .map_err(|_| ParseError::new(format!("`{text}` is not a length of time"), help))?;
    if time > Duration::from_secs(100 * 365 * 86_400) {
        return Err(ParseError::new(format!("`{text}` is above 100 years"), help));
    }
    Ok(time)
}

/// How many requests may run at once, above zero.
///
/// # Errors
///
/// On zero, which would admit nobody.
pub fn concurrency(count: u32) -> Result<NonZeroU32, ParseError> {
    NonZeroU32::new(count)
        .ok_or_else(|| ParseError::new("a concurrency of zero admits nobody", "write `concurrency = 1` or more"))
}

/// Reads the window of a rate: `s`, `min`, `h`, `day`, or a multiple such as `10s`.
///
/// # Errors
///
/// On an unknown unit, and on a window outside 1 s to 31 days.
pub fn parse_window(text: &str) -> Result<Duration, ParseError> {
    let help = "write `100/min`; the units are `s`, `min`, `h` and `day`, also `100/10s`";
    let unknown = || ParseError::new(format!("`{text}` is not a window of time"), help);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (count, unit) = text.split_at(digits);
    let count: u64 = if count.is_empty() {
        1
    } else {
        count.parse().map_err(|_| unknown())?
    };
    let seconds = match unit {
        "s" | "sec" | "second" => 1,
        "min" | "minute" => 60,
        "h" | "hour" => 3600,
        "d" | "day" => 86_400,
        _ => return Err(unknown()),
    };
    match count.checked_mul(seconds) {
        Some(0) => Err(ParseError::new("a window of zero admits nothing", help)),
        Some(seconds @ 1..=2_678_400) => Ok(Duration::from_secs(seconds)),
        _ => Err(ParseError::new(
            format!("the window `{text}` is longer than 31 days"),
            help,
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_read_and_print() {
        for (text, bytes, printed) in [
            ("1MiB", 1 << 20, "1MiB"),
            ("64 KiB", 65_536, "64KiB"),
            ("1kB", 1000, "1000B"),
            ("512", 512, "512B"),
        ] {
            let size = ByteSize::parse(text).unwrap();
            assert_eq!((size.bytes(), size.to_string().as_str()), (bytes, printed));
        }
    }

    #[test]
    fn sizes_that_cannot_be_meant_are_refused() {
        for text in [
            "",
            "0",
            "0MiB",
            "-1",
            "1 mile",
            "2TiB",
            "99999999999999999999GiB",
            "NaN",
        ] {
            assert!(ByteSize::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn durations_may_be_zero_or_long() {
        for (text, seconds) in [
            ("0s", 0),
            ("90s", 90),
            ("24h", 86_400),
            ("90days", 7_776_000),
            ("90d", 7_776_000),
        ] {
            assert_eq!(parse_duration(text).unwrap(), Duration::from_secs(seconds), "{text}");
        }
        for text in ["", "5", "soon", "-1s", "101years", "99999999999999999999s"] {
            assert!(parse_duration(text).is_err(), "{text}");
        }
    }

    #[test]
    fn somebody_is_admitted_at_once() {
        assert_eq!(concurrency(1).unwrap().get(), 1);
        assert!(concurrency(0).is_err());
    }

    #[test]
    fn times_and_windows_are_bounded() {
        assert_eq!(parse_time("5s").unwrap(), Duration::from_secs(5));
        for text in ["", "0s", "2h", "5", "soon", "1us"] {
            assert!(parse_time(text).is_err(), "{text}");
        }
        assert_eq!(parse_window("10s").unwrap(), Duration::from_secs(10));
        for text in ["", "0s", "week", "32day", "99999999999999999999s", "-1s"] {
            assert!(parse_window(text).is_err(), "{text}");
        }
    }
}
