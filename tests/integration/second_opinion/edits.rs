//! What may be done to a token's members, and what becomes of a good token by it.

use Expected::{Bad, Good, Stricter};

/// When everything happens, in seconds since 1970: both clocks stand here.
pub(super) const NOW: u64 = 1_800_000_000;

/// What the two verifiers say to a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expected {
    /// Both accept it.
    Good,
    /// Ours refuses it, for this reason, and the second opinion accepts it.
    Stricter(&'static str),
    /// Both refuse it.
    Bad,
}

impl Expected {
    /// What becomes of a token with two edits.
    pub(super) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Bad, _) | (_, Bad) => Bad,
            (Good, other) => other,
            (stricter, _) => stricter,
        }
    }
}

/// What is done to a member.
#[derive(Clone, Debug)]
pub(super) enum Edit {
    Set(String),
    Remove,
    /// The value that it had stands last, after this one.
    Before(String),
    /// The value that it had stands first, before this one.
    After(String),
}

/// An edit of one member.
pub(super) type Case = (&'static str, Edit, Expected);

pub(super) const TWICE: Expected = Stricter("a member twice (J7)");

/// The member with each of these values.
pub(super) fn set(name: &'static str, expected: Expected, values: &[&str]) -> impl Iterator<Item = Case> {
    let values: Vec<_> = values.iter().map(|value| (*value).to_owned()).collect();
    values.into_iter().map(move |value| (name, Edit::Set(value), expected))
}

/// The same member once more, before and after it.
pub(super) fn twice(name: &'static str, same: &str, other: &str) -> [Case; 3] {
    [
        (name, Edit::After(same.to_owned()), TWICE),
        (name, Edit::Before(other.to_owned()), TWICE),
        // JavaScript takes the last.
        (name, Edit::After(other.to_owned()), Bad),
    ]
}
