//! Limits that endpoints share: their names, and what an expansion asserts of one that is declared elsewhere.

use crate::Rate;

/// Is this the name of a limit: lower-case letters, digits, `-` and `_`, beginning with a letter, 64 at most?
#[must_use]
pub const fn valid_limit_name(name: &str) -> bool {
    let bytes = name.as_bytes();
    if bytes.is_empty() || bytes.len() > 64 || !bytes[0].is_ascii_lowercase() {
        return false;
    }
    let mut i = 0;
    while i < bytes.len() {
        if !(bytes[i].is_ascii_lowercase() || bytes[i].is_ascii_digit() || matches!(bytes[i], b'-' | b'_')) {
            return false;
        }
        i += 1;
    }
    true
}

impl Rate {
    /// Endpoints share it, because it has a name.
    ///
    /// # Panics
    ///
    /// While compiling, with this message, if it has none.
    pub const fn must_be_named(&self, message: &'static str) {
        assert!(self.name().is_some(), "{}", message);
    }

    /// The same limit, of which a request takes this.
    ///
    /// # Panics
    ///
    /// While compiling, with this message, if the cost is above the burst.
    #[must_use]
    pub const fn at_cost(self, cost: u32, message: &'static str) -> Self {
        assert!(cost <= self.burst().get(), "{}", message);
        self.cost_of(cost)
    }

    /// It counts where nobody is asked who they are.
    ///
    /// # Panics
    ///
    /// While compiling, with this message, if it counts by what is only known of an authenticated caller.
    pub const fn must_count_anybody(&self, message: &'static str) {
        assert!(!self.counted_per().needs_caller(), "{}", message);
    }

    /// The two draw from buckets of their own.
    ///
    /// # Panics
    ///
    /// While compiling, with this message, if both have the same name.
    pub const fn must_differ_from(&self, other: &Self, message: &'static str) {
        if let (Some(name), Some(other)) = (self.name(), other.name()) {
            assert!(!same(name.as_bytes(), other.as_bytes()), "{}", message);
        }
    }
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        if a[i] != b[i] {
            return false;
        }
        i += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use std::panic::catch_unwind;

    use super::*;
    use crate::Per;

    const UNNAMED: Rate = Rate::new(30, 60);
    const SEARCH: Rate = UNNAMED.named("search");

    #[test]
    fn names_are_short_and_plain() {
        let longest = "a".repeat(64);
        for name in ["search", "a", "search-2", "full_text", longest.as_str()] {
            assert!(valid_limit_name(name), "{name}");
        }
        let too_long = "a".repeat(65);
        for name in ["", "2", "-a", "_a", "Search", "a b", "ä", "a.b", too_long.as_str()] {
            assert!(!valid_limit_name(name), "{name}");
        }
    }

    #[test]
    fn what_is_asserted_of_a_shared_limit_holds_or_panics() {
        SEARCH.must_be_named("");
        assert_eq!(SEARCH.at_cost(30, ""), SEARCH.cost_of(30));
        SEARCH.must_count_anybody("");
        SEARCH.must_differ_from(&UNNAMED, "");
        UNNAMED.must_differ_from(&UNNAMED, "");
        for other in ["searches", "seared", "export"] {
            SEARCH.must_differ_from(&UNNAMED.named(other), "");
        }
        assert!(catch_unwind(|| UNNAMED.must_be_named("")).is_err());
        assert!(catch_unwind(|| SEARCH.at_cost(31, "")).is_err());
        for per in Per::ALL {
            let counts_anybody = catch_unwind(move || SEARCH.per(per).must_count_anybody("")).is_ok();
            assert_eq!(counts_anybody, !per.needs_caller(), "{per:?}");
        }
        assert!(catch_unwind(|| SEARCH.must_differ_from(&UNNAMED.per(Per::Ip).named("search"), "")).is_err());
    }
}
