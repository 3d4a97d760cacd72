/// A value that names somebody: it can be compared with the caller's subject or tenant.
///
/// Implement it for your own identifiers, in one line:
///
/// ```
/// use secure_runtime::Identifier;
///
/// #[derive(Clone, Debug)]
/// struct UserId(String);
///
/// impl Identifier for UserId {
///     fn names(&self, who: &str) -> bool { self.0.names(who) }
/// }
/// ```
///
/// # Security
///
/// The comparison must be exact. Two texts that a database would take for the same key (`07` and `7`, `Alice` and
/// `alice`) must not name the same subject, unless the issuer treats them so as well.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be compared with the caller's subject or tenant",
    label = "this value does not name anybody",
    note = "help: name a text or a whole number; for a type of your own write `impl secure_runtime::Identifier for {Self} {{ fn names(&self, who: &str) -> bool {{ self.0.names(who) }} }}`",
    note = "see [S010] in the book's error index"
)]
pub trait Identifier {
    /// Is this the identifier of `who`?
    fn names(&self, who: &str) -> bool;
}

impl Identifier for str {
    fn names(&self, who: &str) -> bool {
        self == who
    }
}

impl Identifier for String {
    fn names(&self, who: &str) -> bool {
        self == who
    }
}

impl<T: Identifier + ?Sized> Identifier for &T {
    fn names(&self, who: &str) -> bool {
        T::names(self, who)
    }
}

impl<T: Identifier + ?Sized> Identifier for Box<T> {
    fn names(&self, who: &str) -> bool {
        T::names(self, who)
    }
}

/// Compared as printed, so that `07` and `+7` do not name 7.
macro_rules! integers {
    ($($int:ty)*) => { $(
        impl Identifier for $int {
            fn names(&self, who: &str) -> bool {
                who.parse::<$int>().is_ok_and(|parsed| parsed == *self) && who == self.to_string()
            }
        }
    )* };
}

integers!(u8 u16 u32 u64 u128 i8 i16 i32 i64 i128);

/// Compared as printed: in lower case, with hyphens (RFC 9562 §4).
#[cfg(feature = "uuid")]
impl Identifier for uuid::Uuid {
    fn names(&self, who: &str) -> bool {
        let mut text = uuid::Uuid::encode_buffer();
        *self.hyphenated().encode_lower(&mut text) == *who
    }
}

/// `user: Path<UserId>` as well as `Path(user): Path<UserId>`.
impl<T: Identifier> Identifier for axum::extract::Path<T> {
    fn names(&self, who: &str) -> bool {
        self.0.names(who)
    }
}

#[cfg(test)]
mod tests {
    use super::Identifier;

    #[test]
    fn numbers_are_compared_as_printed() {
        assert!(7u64.names("7"));
        for other in ["07", "+7", " 7", "7 ", "8", "", "7.0", "\u{ff17}"] {
            assert!(!7u64.names(other), "{other:?}");
        }
        assert!("alice".names("alice"));
        assert!(!"alice".names("Alice"));
        assert!(!String::new().names("alice"));
    }
}
