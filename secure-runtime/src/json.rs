//! JSON without room for two readings.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// Accepts any JSON in which no object, at any depth, names a member twice.
///
/// Two parsers that disagree on which of two equal members counts are how a text means one thing to who signed or checked
/// it and another to us (RFC 8259 §4, RFC 7515 §4, RFC 7519 §4).
pub(crate) struct Unique;

impl<'de> Deserialize<'de> for Unique {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(UniqueVisitor)
    }
}

struct UniqueVisitor;

impl<'de> Visitor<'de> for UniqueVisitor {
    type Value = Unique;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON without duplicate members")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Unique, E> {
        Ok(Unique)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Unique, E> {
        Ok(Unique)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Unique, E> {
        Ok(Unique)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Unique, E> {
        Ok(Unique)
    }

    fn visit_str<E>(self, _: &str) -> Result<Unique, E> {
        Ok(Unique)
    }

    fn visit_unit<E>(self) -> Result<Unique, E> {
        Ok(Unique)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Unique, A::Error> {
        while seq.next_element::<Unique>()?.is_some() {}
        Ok(Unique)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Unique, A::Error> {
        // Names are compared after decoding: `"s\u0075b"` is `"sub"`.
        let mut names = std::collections::HashSet::new();
        while let Some(name) = map.next_key::<String>()? {
            if !names.insert(name) {
                return Err(A::Error::custom("duplicate member"));
            }
            map.next_value::<Unique>()?;
        }
        Ok(Unique)
    }
}

#[cfg(test)]
mod tests {
    use super::Unique;

    fn accepts(json: &str) -> bool {
        serde_json::from_str::<Unique>(json).is_ok()
    }

    #[test]
    fn j7_no_member_stands_twice_at_any_depth() {
        assert!(accepts(
            r#"{"a":[{"b":1},{"b":2}],"c":{"a":null,"d":1.5,"e":"x","f":true}}"#
        ));
        assert!(!accepts(r#"{"a":1,"a":1}"#));
        assert!(!accepts(r#"{"sub":"alice","s\u0075b":"bob"}"#));
        assert!(!accepts(r#"{"a":[{"b":{"c":1,"c":2}}]}"#));
        assert!(!accepts(&"[".repeat(1000)));
    }
}
