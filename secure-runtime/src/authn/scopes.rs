use std::ops::Range;

use smallvec::SmallVec;

use super::text::Text;

/// The scopes of a credential: a list that is delimited by spaces (RFC 6749 §3.3), and where each of them ends.
///
/// Each request asks for one, so they are taken apart once. Most scopes tell themselves from the one that is asked for by their
/// length.
pub(crate) struct Scopes {
    list: Text,
    /// Of all but the last.
    ends: SmallVec<[u16; 12]>,
}

impl Scopes {
    /// Those of a list, which is a part of `whole` or was copied.
    pub(crate) fn of(list: Text, whole: &str) -> Self {
        let bytes = list.get(whole).bytes().enumerate();
        let spaces = bytes.filter_map(|(place, byte)| (byte == b' ').then_some(place));
        Self {
            // What begins behind 64 KiB, in what no token can hold, is one scope that nobody asks for.
            ends: spaces.map_while(|end| u16::try_from(end).ok()).collect(),
            list,
        }
    }

    /// Is this one of them? `whole` is what it was when they were taken apart.
    pub(crate) fn have(&self, scope: &str, whole: &str) -> bool {
        let list = self.list.get(whole).as_bytes();
        let is_it = |part: Range<usize>| part.len() == scope.len() && list.get(part) == Some(scope.as_bytes());
        !scope.is_empty() && self.parts(list.len()).any(is_it)
    }

    /// Each of them; `whole` is what it was when they were taken apart.
    pub(crate) fn iter<'s>(&'s self, whole: &'s str) -> impl Iterator<Item = &'s str> {
        let list = self.list.get(whole);
        let each = self.parts(list.len()).filter_map(|part| list.get(part));
        each.filter(|scope| !scope.is_empty())
    }

    /// What stands between the spaces of a list of this length, which may be nothing.
    fn parts(&self, length: usize) -> impl Iterator<Item = Range<usize>> {
        let mut begin = 0;
        let ends = self.ends.iter().map(|end| usize::from(*end)).chain([length]);
        ends.map(move |end| std::mem::replace(&mut begin, end + 1)..end)
    }
}

impl From<&str> for Scopes {
    fn from(list: &str) -> Self {
        Self::of(list.into(), "")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a4_each_scope_of_the_list_is_one_and_nothing_else_is() {
        let has = |list: &str, scope: &str| {
            let scopes = Scopes::from(list);
            let has = scopes.have(scope, "");
            assert_eq!(has, scopes.iter("").any(|own| own == scope), "{scope:?} of {list:?}");
            has
        };
        for scope in ["read", "read:orders", "write"] {
            assert!(has("read read:orders write", scope), "{scope}");
        }
        assert!(has(" read  write ", "write"));
        for other in [
            "",
            " ",
            "rea",
            "reads",
            "orders",
            "read:",
            "read read:orders",
            "write ",
            "READ",
            "admin",
        ] {
            assert!(!has("read read:orders write", other), "{other:?}");
            assert!(!has("", other), "{other:?}");
        }
        assert!(!has("  ", ""));
        assert!(!has("readable", "read"));
    }

    #[test]
    fn scopes_are_found_in_the_claims_that_they_are_part_of() {
        let whole = String::from(r#"{"scope":"a bc d"}"#);
        let scopes = Scopes::of(Text::of(&whole[10..16], &whole), &whole);
        assert!(scopes.iter(&whole.clone()).eq(["a", "bc", "d"]));
        let long = format!("{} last", "x".repeat(usize::from(u16::MAX) + 1));
        assert!(
            !Scopes::from(&*long).iter("").any(|own| own == "last"),
            "denied, not misread"
        );
    }
}
