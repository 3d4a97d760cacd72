//! JSON without room for two readings.

mod access;
mod choice;
mod members;
mod strict;
mod tagged;

use std::cell::Cell;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

pub(crate) use members::{Members, WrongType, read as read_member, text as text_member};
use strict::{Strict, Watch};
pub use tagged::{External, tagged};

/// How deep arrays and objects may stand in one another.
pub(crate) const MAX_DEPTH: u16 = 64;

/// Why a text is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// It is not JSON.
    Syntax,
    /// An object names a member twice.
    Duplicate,
    /// It is nested deeper than [`MAX_DEPTH`].
    Depth,
    /// It is JSON, but not of the type that is asked for.
    Shape,
}

/// Reads one JSON value in which no object, at any depth, names a member twice, and nothing behind it. A list does not pass
/// for an object, as it would with serde alone.
///
/// Two parsers that disagree on which of two equal members counts are how a text means one thing to who signed or checked
/// it and another to us (RFC 8259 §4, RFC 7515 §4, RFC 7519 §4).
///
/// # Errors
///
/// Why not. A text that is not JSON at all is never called one of the wrong [shape](Refused::Shape), and one that is JSON
/// never one of the wrong [syntax](Refused::Syntax).
pub(crate) fn from_str<'de, T: Deserialize<'de>>(text: &'de str) -> Result<T, Refused> {
    let refused = match read(text) {
        Ok(value) => return Ok(value),
        Err(refused) => refused,
    };
    if matches!(refused, Refused::Shape | Refused::Syntax) {
        // The reading broke off at the first member of another type; what stands behind it may be worse. And serde_json takes
        // some members of another type, as a text for a `u128`, for faults of syntax.
        read::<IgnoredAny>(text)?;
        return Err(Refused::Shape);
    }
    Err(refused)
}

fn read<'de, T: Deserialize<'de>>(text: &'de str) -> Result<T, Refused> {
    let fault = Cell::new(None);
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = T::deserialize(Strict::new(&mut deserializer, Watch::new(&fault)));
    let read = value.and_then(|value| deserializer.end().map(|()| value));
    read.map_err(|error| match fault.get() {
        Some(fault) => fault,
        None if error.is_data() => Refused::Shape,
        None => Refused::Syntax,
    })
}

/// A part of a text that [`from_str`] accepted.
pub(crate) fn from_value<T: for<'de> Deserialize<'de>>(value: &Value) -> Option<T> {
    let fault = Cell::new(None);
    T::deserialize(Strict::new(value, Watch::new(&fault))).ok()
}

/// `null` is a value, if often of the wrong type, and not an absent member.
pub(crate) fn not_null<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: Deserialize<'de>,
{
    T::deserialize(deserializer).map(Some)
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde::de::IgnoredAny;

    use super::{MAX_DEPTH, Refused, from_str, from_value};

    fn check(text: &str) -> Result<(), Refused> {
        from_str::<IgnoredAny>(text).map(|_| ())
    }

    #[test]
    fn j7_no_member_stands_twice_at_any_depth() {
        let fine = r#"{"a":[{"b":1},{"b":2}],"c":{"a":null,"d":1.5,"e":"x","f":true}}"#;
        assert_eq!(check(fine), Ok(()));
        for twice in [
            r#"{"a":1,"a":1}"#,
            r#"{"sub":"alice","s\u0075b":"bob"}"#,
            r#"{"a":[{"b":{"c":1,"c":2}}]}"#,
        ] {
            assert_eq!(check(twice), Err(Refused::Duplicate), "{twice}");
        }
    }

    #[test]
    fn b3_a_member_is_found_twice_among_many() {
        let members = |last: &str| {
            let first: String = (0..100).map(|i| format!("\"m{i}\":0,")).collect();
            format!("{{{first}\"{last}\":0}}")
        };
        assert_eq!(check(&members("m100")), Ok(()));
        for twice in ["m0", "m15", "m16", "m17", "m99"] {
            assert_eq!(check(&members(twice)), Err(Refused::Duplicate), "{twice}");
        }
    }

    #[test]
    fn b3_64_levels_and_no_more() {
        let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        assert_eq!(check(&nested(usize::from(MAX_DEPTH))), Ok(()));
        assert_eq!(check(&nested(usize::from(MAX_DEPTH) + 1)), Err(Refused::Depth));
        assert_eq!(check(&"[".repeat(100_000)), Err(Refused::Depth));
        assert_eq!(check(&"{\"a\":".repeat(100_000)), Err(Refused::Depth));
    }

    #[test]
    fn b3_nothing_stands_behind_the_value() {
        for text in [
            "",
            " ",
            "1 2",
            "{}x",
            "[1,]",
            "nul",
            "\u{feff}1",
            "'a'",
            "{a:1}",
            "NaN",
            "1e999",
        ] {
            assert_eq!(check(text), Err(Refused::Syntax), "{text:?}");
        }
    }

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "it is only read")]
    struct Chain {
        next: Option<Box<Chain>>,
        choice: Option<Choice>,
    }

    #[test]
    fn b3_a_variant_is_as_deep_as_it_looks() {
        let nested = |levels: usize, innermost: &str| {
            let around = "{\"next\":".repeat(levels - 1);
            format!("{around}{{\"choice\":{innermost}}}{}", "}".repeat(levels - 1))
        };
        let (text, object, list) = ("\"Nothing\"", "{\"One\":{\"c\":\"x\"}}", "{\"Two\":[1,2]}");
        for fits in [nested(64, text), nested(62, object), nested(62, list)] {
            assert!(from_str::<Chain>(&fits).is_ok(), "{fits}");
        }
        for deeper in [nested(65, text), nested(63, object), nested(63, list)] {
            assert_eq!(from_str::<Chain>(&deeper).map(|_| ()), Err(Refused::Depth), "{deeper}");
        }
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Pair {
        a: u8,
        b: Option<Inner>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Inner {
        c: String,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    enum Choice {
        Nothing,
        One(Inner),
        Named { c: String },
        Two(u8, u8),
    }

    #[test]
    fn b3_a_list_is_no_object() {
        assert!(from_str::<Pair>(r#"{"a":1,"b":{"c":"x"}}"#).is_ok());
        for list in [r#"[1,{"c":"x"}]"#, r#"{"a":1,"b":["x"]}"#] {
            assert_eq!(from_str::<Pair>(list), Err(Refused::Shape), "{list}");
            assert_eq!(from_value::<Pair>(&serde_json::from_str(list).unwrap()), None, "{list}");
        }
        for fine in [
            r#""Nothing""#,
            r#"{"One":{"c":"x"}}"#,
            r#"{"Named":{"c":"x"}}"#,
            r#"{"Two":[1,2]}"#,
        ] {
            assert!(from_str::<Choice>(fine).is_ok(), "{fine}");
            assert!(
                from_value::<Choice>(&serde_json::from_str(fine).unwrap()).is_some(),
                "{fine}"
            );
        }
        for list in [r#"{"One":["x"]}"#, r#"{"Named":["x"]}"#] {
            assert_eq!(from_str::<Choice>(list), Err(Refused::Shape), "{list}");
        }
    }

    #[test]
    fn b3_what_is_no_json_is_never_of_the_wrong_shape() {
        assert_eq!(from_str::<Pair>(r#"{"a":"x"}"#), Err(Refused::Shape));
        assert_eq!(from_str::<Pair>(r#"{"a":"x","b":}"#), Err(Refused::Syntax));
        assert_eq!(from_str::<Pair>(r#"{"a":"x","a":1}"#), Err(Refused::Duplicate));
        assert_eq!(
            from_str::<Pair>(r#"{"a":1,"z":{"y":0,"y":0}}"#),
            Err(Refused::Duplicate)
        );
        for text in [
            "5",
            "null",
            "[]",
            "{}",
            r#"{"One":{"c":"x"},"a":1}"#,
            r#"{"Nothing":1}"#,
            r#"{"Nothing":null}"#,
            r#""One""#,
        ] {
            assert_eq!(from_str::<Choice>(text), Err(Refused::Shape), "{text}");
        }
        for text in ["-1", "1.5", "\"x\"", "[]"] {
            assert_eq!(from_str::<u128>(text), Err(Refused::Shape), "{text}");
        }
    }
}
