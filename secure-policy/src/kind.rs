//! The names that expressions are made of, and how large an expression may be.

/// How many distinct names one expression may mention.
pub const MAX_TERMS: usize = 12;
/// How many names in all, repetitions included.
pub const MAX_MENTIONS: usize = 32;
/// How deep its parentheses may nest.
pub const MAX_DEPTH: usize = 16;

/// What the names in an [`Expr`](crate::Expr) are; it decides which characters they may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// OAuth 2 scope tokens (RFC 6749 §3.3).
    Scope,
    /// Role names: letters, digits, `_`, `-`, `.`, `:`, `/`.
    Role,
}

impl Kind {
    /// The noun for messages.
    #[must_use]
    pub fn noun(self) -> &'static str {
        match self {
            Self::Scope => "scope",
            Self::Role => "role",
        }
    }

    pub(crate) fn accepts(self, name: &str) -> bool {
        match self {
            Self::Scope => valid_scope(name),
            Self::Role => valid_role(name),
        }
    }
}

/// Is this a scope token of RFC 6749 §3.3: one or more of `%x21 / %x23-5B / %x5D-7E`?
#[must_use]
pub const fn valid_scope(name: &str) -> bool {
    let bytes = name.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        if !matches!(bytes[i], 0x21 | 0x23..=0x5b | 0x5d..=0x7e) {
            return false;
        }
        i += 1;
    }
    i > 0
}

/// Is this a role name: one or more letters, digits, `_`, `-`, `.`, `:` or `/`?
#[must_use]
pub const fn valid_role(name: &str) -> bool {
    let bytes = name.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        if !(bytes[i].is_ascii_alphanumeric() || matches!(bytes[i], b'_' | b'-' | b'.' | b':' | b'/')) {
            return false;
        }
        i += 1;
    }
    i > 0
}
