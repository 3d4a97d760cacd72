use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;
use serde_json::value::RawValue;

use super::strict::{Strict, Watch};
use super::{MAX_DEPTH, Refused};

/// An object, taken apart in one go: its members, as they are written. None stands there twice, at any depth.
///
/// This is for objects of which a few members matter and which may have any: each is read when it is asked for, and where it lies.
pub(crate) struct Members<'t>(Vec<(Cow<'t, str>, &'t str)>);

/// As many as most objects have at most.
const FEW: usize = 16;

/// A member is there, and is not of the type that it should have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct WrongType;

impl<'t> Members<'t> {
    /// `None` for what is no object, and for one with a member twice.
    pub(crate) fn of(text: &'t str) -> Option<Self> {
        Self::within(text, MAX_DEPTH)
    }

    fn within(text: &'t str, room: u16) -> Option<Self> {
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let each = Each {
            room: room.checked_sub(1)?,
            has_escapes: has_escapes(text),
        };
        let members = each.read(&mut deserializer).ok()?;
        deserializer.end().ok()?;
        Some(members)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &'t str)> {
        self.0.iter().map(|(name, value)| (&**name, *value))
    }

    /// How a member is written.
    pub(crate) fn get(&self, name: &str) -> Option<&'t str> {
        self.iter().find(|(other, _)| *other == name).map(|(_, value)| value)
    }
}

struct Each {
    room: u16,
    /// Does the text have any? Most have none, and then none of its parts has to be looked at.
    has_escapes: bool,
}

impl Each {
    fn read<'t, D: Deserializer<'t>>(self, deserializer: D) -> Result<Members<'t>, D::Error> {
        deserializer.deserialize_map(self)
    }

    /// Is there nothing about this value that could be wrong? It was read as JSON, but not understood: half a character in an escape,
    /// a number beyond all that can be compared, or a member twice further in would make two readers see two things.
    fn is_simple(&self, value: &str) -> bool {
        match value.as_bytes() {
            [b'"', ..] => !self.has_escapes || !has_escapes(value),
            [b'0'..=b'9', ..] => value.len() < 16 && value.bytes().all(|byte| byte.is_ascii_digit()),
            word => matches!(word, b"true" | b"false" | b"null"),
        }
    }
}

impl<'t> Visitor<'t> for Each {
    type Value = Members<'t>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'t>>(self, mut access: A) -> Result<Members<'t>, A::Error> {
        let mut members: Vec<(Cow<'t, str>, &'t str)> = Vec::with_capacity(FEW);
        // Among a few, looking at each is quicker than hashing.
        let mut many: HashSet<Cow<'t, str>> = HashSet::new();
        while let Some(Name(name)) = access.next_key()? {
            let value = access.next_value::<&RawValue>()?.get();
            if members.len() == FEW {
                many.extend(members.iter().map(|(name, _)| name.clone()));
            }
            let twice = match members.len() < FEW {
                true => members.iter().any(|(other, _)| *other == name),
                false => !many.insert(name.clone()),
            };
            if twice {
                return Err(A::Error::custom("a member twice"));
            }
            if !self.is_simple(value) {
                strict(value, self.room).map_err(|_| A::Error::custom("refused"))?;
            }
            members.push((name, value));
        }
        Ok(Members(members))
    }
}

/// A name, where it lies unless it is written with escapes.
#[derive(Deserialize)]
#[serde(transparent)]
struct Name<'t>(#[serde(borrow)] Cow<'t, str>);

/// Texts in JSON are short: to look at all of it, many bytes at a time, takes less than to find out where to stop.
fn has_escapes(text: &str) -> bool {
    text.bytes().fold(false, |any, byte| any | (byte == b'\\'))
}

/// Is this understood within so many levels, with no member twice?
fn strict(value: &str, room: u16) -> Result<Value, Refused> {
    let fault = std::cell::Cell::new(None);
    let mut deserializer = serde_json::Deserializer::from_str(value);
    let read = Value::deserialize(Strict::new(&mut deserializer, Watch::with_room(room, &fault)));
    read.map_err(|_| fault.get().unwrap_or(Refused::Syntax))
}

/// A text: the member itself, or a copy where it is written with escapes.
///
/// # Errors
///
/// If it is no text.
pub(crate) fn text(value: &str) -> Result<Cow<'_, str>, WrongType> {
    let inner = value
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .ok_or(WrongType)?;
    // It was read as JSON before: without a backslash, the text is what is written.
    if !has_escapes(inner) {
        return Ok(Cow::Borrowed(inner));
    }
    read(value).map(Cow::Owned)
}

/// A member of another type.
///
/// # Errors
///
/// If it is none of that type.
pub(crate) fn read<T: DeserializeOwned>(value: &str) -> Result<T, WrongType> {
    super::from_str(value).map_err(|_| WrongType)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn j7_a_member_twice_is_no_object_at_any_depth() {
        for fine in [r"{}", r#"{"a":1,"b":{"a":[{"c":1},{"c":2}]}}"#, " {\"a\" : \"x\" } "] {
            assert!(Members::of(fine).is_some(), "{fine}");
        }
        let many: String = (0..40).map(|i| format!("\"m{i}\":0,")).collect();
        assert!(Members::of(&format!("{{{many}\"m40\":0}}")).is_some());
        assert!(Members::of(&format!("{{{many}\"m39\":0}}")).is_none());
        for wrong in [
            r#"{"a":1,"a":1}"#,
            r#"{"sub":"a","s\u0075b":"b"}"#,
            r#"{"a":{"b":1,"b":1}}"#,
            r#"{"a":[{"b":1,"b":1}]}"#,
            "[]",
            "1",
            "\"a\"",
            "null",
            "",
            "{}x",
            r#"{"a":}"#,
            r#"{"a":nul}"#,
            r#"{"a":"\q"}"#,
        ] {
            assert!(Members::of(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn b3_64_levels_and_no_more() {
        let nested = |levels: usize| format!("{{\"a\":{}{}}}", "[".repeat(levels), "]".repeat(levels));
        assert!(Members::of(&nested(63)).is_some());
        assert!(Members::of(&nested(64)).is_none());
        assert!(Members::of(&nested(100_000)).is_none());
    }

    #[test]
    fn texts_are_read_where_they_lie_unless_they_have_escapes() {
        let members = Members::of(r#"{"plain":"Zoë","escaped":"a\u006cice","number":1,"null":null}"#).unwrap();
        assert!(matches!(text(members.get("plain").unwrap()), Ok(Cow::Borrowed("Zoë"))));
        assert_eq!(text(members.get("escaped").unwrap()).unwrap(), "alice");
        assert_eq!(text(members.get("number").unwrap()), Err(WrongType));
        assert_eq!(text(members.get("null").unwrap()), Err(WrongType));
        assert_eq!(members.get("absent"), None);
    }

    #[test]
    fn j7_what_nobody_reads_has_one_reading_too() {
        for wrong in [
            r#"{"half":"\ud800"}"#,
            r#"{"a":{"half":"\udc00x"}}"#,
            r#"{"a":["\ud800"]}"#,
            r#"{"large":1e999}"#,
            r#"{"a":[-1e999]}"#,
        ] {
            assert!(Members::of(wrong).is_none(), "{wrong}");
        }
        for fine in [
            r#"{"whole":"\ud83d\ude00"}"#,
            r#"{"a":-1.5e3,"b":12345678901234567890,"c":true,"d":null}"#,
        ] {
            assert!(Members::of(fine).is_some(), "{fine}");
        }
    }
}
