//! Small changes of JSON values, and values of any shape.

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Number, Value, json};

/// One change at one place.
#[derive(Clone, Debug)]
pub(super) enum Change {
    /// By another value.
    Replace(Value),
    /// A member or an item goes.
    Remove(Index),
    /// A member of this name comes; to a list, its value.
    Add(String, Value),
    /// A member has another name.
    Rename(Index, String),
    /// The same again: an item, or a member under another name.
    Repeat(Index),
    /// A number is more or less, by this; a text has this character at this place.
    Shift(i8, char, Index),
    /// A text loses a character.
    Shorten(Index),
    /// It stands in a list.
    Wrap,
}

/// Characters that the forms of texts care about, and such of two to four bytes.
fn character() -> impl Strategy<Value = char> {
    prop_oneof![
        4 => select("ab.@:/-".chars().collect::<Vec<_>>()),
        4 => select("AZz019_+%#?&=!'\"\\<>[]{}()|^` \n\r\t\0,;*$~".chars().collect::<Vec<_>>()),
        2 => select("äÄüý÷ßªΣЖ\u{301}\u{2028}\u{feff}\u{fffd}🦀\u{10ffff}".chars().collect::<Vec<_>>()),
        1 => any::<char>(),
    ]
}

fn number() -> impl Strategy<Value = Value> {
    let edges: Vec<Value> = [
        0,
        1,
        2,
        3,
        4,
        9,
        10,
        11,
        100,
        101,
        127,
        128,
        150,
        151,
        255,
        256,
        32767,
        32768,
        65535,
        65536,
        2_147_483_647,
        2_147_483_648,
        4_294_967_295,
        4_294_967_296,
        i64::MAX,
    ]
    .iter()
    .flat_map(|edge| [json!(edge), json!(-edge)])
    .chain([json!(u64::MAX), json!(i64::MIN), json!(9_223_372_036_854_775_808u64)])
    .collect();
    let parts = [0.5, -0.5, 0.25, 0.500_000_1, 1.5, 1e300, -1e39, 1e-300];
    prop_oneof![
        6 => select(edges),
        2 => select(parts.to_vec()).prop_map(|number| json!(number)),
        1 => any::<i64>().prop_map(|number| json!(number)),
        1 => proptest::num::f64::NORMAL.prop_map(|number| json!(number)),
    ]
}

fn text() -> impl Strategy<Value = String> {
    let near: Vec<String> = [
        "",
        "a",
        "ab",
        "abc",
        "abcd",
        "alice",
        "a@b",
        "a@b.c",
        "https://a",
        "http://a/b",
        "nothing",
        "Nothing",
        "One",
        "Line",
        "line",
        "red",
        "kind",
        "value",
        "x",
        "y",
    ]
    .map(str::to_owned)
    .to_vec();
    prop_oneof![3 => select(near), 2 => vec(character(), 0..8).prop_map(|text| text.into_iter().collect())]
}

fn atom() -> impl Strategy<Value = Value> {
    prop_oneof![
        2 => Just(Value::Null),
        1 => any::<bool>().prop_map(Value::Bool),
        4 => number(),
        4 => text().prop_map(Value::String),
        1 => Just(json!([])),
        1 => Just(json!({})),
        1 => Just(json!({ "x": 1 })),
    ]
}

/// A name that some type here has, or none.
fn name() -> impl Strategy<Value = String> {
    let known = [
        "value", "Value", "x", "y", "a", "b", "i", "kind", "from", "to", "One", "Nothing", "Line", "Short", "width",
        "label", "scope", "role", "owner", "list", "map", "point", "children", "next", "limit", "after",
    ];
    prop_oneof![3 => select(known.map(str::to_owned).to_vec()), 1 => text()]
}

pub(super) fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        3 => atom().prop_map(Change::Replace),
        2 => any::<Index>().prop_map(Change::Remove),
        2 => (name(), atom()).prop_map(|(name, value)| Change::Add(name, value)),
        1 => (any::<Index>(), name()).prop_map(|(place, name)| Change::Rename(place, name)),
        2 => any::<Index>().prop_map(Change::Repeat),
        5 => (-1..=1i8, character(), any::<Index>()).prop_map(|(by, character, place)| Change::Shift(by, character, place)),
        2 => any::<Index>().prop_map(Change::Shorten),
        1 => Just(Change::Wrap),
    ]
}

/// A value of any shape, not deep.
pub(super) fn anything() -> impl Strategy<Value = Value> {
    atom().prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::Array),
            btree_map(name(), inner, 0..4).prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Changes what stands at some place in it.
pub(super) fn apply(value: &mut Value, place: Index, change: &Change) {
    let count = places(value);
    let mut left = place.index(count);
    if let Some(found) = nth(value, &mut left) {
        alter(found, change);
    }
}

fn places(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(places).sum(),
        Value::Object(members) => members.values().map(places).sum(),
        _ => 0,
    }
}

fn nth<'v>(value: &'v mut Value, left: &mut usize) -> Option<&'v mut Value> {
    if *left == 0 {
        return Some(value);
    }
    *left -= 1;
    match value {
        Value::Array(items) => items.iter_mut().find_map(|item| nth(item, left)),
        Value::Object(members) => members.values_mut().find_map(|member| nth(member, left)),
        _ => None,
    }
}

fn alter(value: &mut Value, change: &Change) {
    match (change, value) {
        (Change::Replace(other), value) => *value = other.clone(),
        (Change::Wrap, value) => *value = json!([value.take()]),
        (Change::Remove(place), Value::Array(items)) if !items.is_empty() => {
            items.remove(place.index(items.len()));
        }
        (Change::Repeat(place), Value::Array(items)) if !items.is_empty() => {
            items.push(items[place.index(items.len())].clone());
        }
        (Change::Add(_, other), Value::Array(items)) => items.push(other.clone()),
        (Change::Add(name, other), Value::Object(members)) => {
            members.insert(name.clone(), other.clone());
        }
        (change, Value::Object(members)) if !members.is_empty() => {
            let (Change::Remove(place) | Change::Rename(place, _) | Change::Repeat(place)) = change else {
                return;
            };
            let name = members.keys().nth(place.index(members.len())).unwrap().clone();
            match change {
                Change::Repeat(_) => {
                    let again = members[&name].clone();
                    members.insert(format!("{name}2"), again);
                }
                _ => {
                    let member = members.remove(&name).unwrap();
                    if let Change::Rename(_, other) = change {
                        members.insert(other.clone(), member);
                    }
                }
            }
        }
        (Change::Shift(by, character, place), Value::String(text)) => {
            let mut characters: Vec<char> = text.chars().collect();
            let at = place.index(characters.len() + 1);
            if *by < 0 && at < characters.len() {
                characters[at] = *character;
            } else {
                characters.insert(at, *character);
            }
            *text = characters.into_iter().collect();
        }
        (Change::Shift(by, ..), Value::Number(number)) => *number = shifted(number, *by),
        (Change::Shorten(place), Value::String(text)) if !text.is_empty() => {
            let gone = place.index(text.chars().count());
            *text = text
                .chars()
                .enumerate()
                .filter(|(at, _)| *at != gone)
                .map(|(_, c)| c)
                .collect();
        }
        _ => {}
    }
}

fn shifted(number: &Number, by: i8) -> Number {
    if let Some(whole) = number.as_i64() {
        whole.saturating_add(by.into()).into()
    } else if let Some(whole) = number.as_u64() {
        whole.saturating_add_signed(by.into()).into()
    } else {
        let part = number.as_f64().unwrap_or_default() + f64::from(by) / 4.0;
        Number::from_f64(part).unwrap_or_else(|| 0.into())
    }
}

/// Is there any part of it for which this holds?
pub(super) fn contains(value: &Value, holds: &dyn Fn(&Value) -> bool) -> bool {
    holds(value)
        || match value {
            Value::Array(items) => items.iter().any(|item| contains(item, holds)),
            Value::Object(members) => members.values().any(|member| contains(member, holds)),
            _ => false,
        }
}
