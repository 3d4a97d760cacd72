use std::ops::Range;

/// A text of a credential: where it stands among the claims, or, where those write it with escapes or do not have it, a copy.
///
/// Most principals are made of a token's claims, which they keep anyway. So they ask for memory once, and not for each text.
pub(crate) enum Text {
    /// A token is far shorter than this can count.
    Within(Range<u32>),
    Own(Box<str>),
}

impl Text {
    /// `part`, which is one of `whole` or is copied.
    pub(crate) fn of(part: &str, whole: &str) -> Self {
        Self::within(part, whole).map_or_else(|| Self::Own(part.into()), Self::Within)
    }

    fn within(part: &str, whole: &str) -> Option<Range<u32>> {
        let begin = part.as_ptr().addr().checked_sub(whole.as_ptr().addr())?;
        let end = begin.checked_add(part.len())?;
        let found = whole.get(begin..end)?;
        let is_it = found.as_ptr() == part.as_ptr();
        Some(begin.try_into().ok()?..end.try_into().ok()?).filter(|_| is_it)
    }

    pub(crate) fn get<'t>(&'t self, whole: &'t str) -> &'t str {
        match self {
            // What was within stays so: both belong to one principal, and neither changes.
            Self::Within(within) => whole
                .get(within.start as usize..within.end as usize)
                .unwrap_or_default(),
            Self::Own(text) => text,
        }
    }
}

impl<T: Into<Box<str>>> From<T> for Text {
    fn from(text: T) -> Self {
        Self::Own(text.into())
    }
}

#[cfg(test)]
mod tests {
    use super::Text;

    #[test]
    fn a_part_is_found_again_and_anything_else_is_copied() {
        let whole = String::from(r#"{"sub":"alice","name":"Zoë"}"#);
        let copy = whole.clone();
        for (part, kept) in [
            (&whole[8..13], true),
            (&whole[23..27], true),
            (&whole[..], true),
            ("alice", false),
        ] {
            let text = Text::of(part, &whole);
            assert_eq!(matches!(text, Text::Within(_)), kept, "{part}");
            assert_eq!(text.get(&copy), part, "a copy of the whole is as good");
        }
        assert!(matches!(Text::of(&whole, &whole[1..]), Text::Own(_)));
    }
}
