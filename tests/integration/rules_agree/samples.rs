//! `samples.json`: for each type, values at the bounds of its rules that it takes, and values that it refuses, by the rule that
//! they break.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

/// The type's name, and its values.
pub(super) struct Sample {
    pub(super) name: &'static str,
    pub(super) good: Vec<Value>,
    pub(super) bad: Vec<(Value, &'static str)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    /// What stands below is the value of this member.
    member: Option<String>,
    good: Vec<Value>,
    #[serde(borrow)]
    bad: BTreeMap<&'static str, Vec<Value>>,
}

pub(super) fn samples() -> Vec<Sample> {
    let written: BTreeMap<&'static str, Written> = serde_json::from_str(include_str!("samples.json")).unwrap();
    let sample = |(name, written): (&'static str, Written)| {
        let whole = |value: Value| match &written.member {
            Some(member) => json!({ member.as_str(): long(value) }),
            None => long(value),
        };
        Sample {
            name,
            good: written.good.iter().cloned().map(whole).collect(),
            bad: written
                .bad
                .iter()
                .flat_map(|(rule, values)| values.iter().map(|value| (whole(value.clone()), *rule)))
                .collect(),
        }
    };
    written.into_iter().map(sample).collect()
}

/// `«64»` in a text stands for so many letters.
fn long(value: Value) -> Value {
    match value {
        Value::String(text) => {
            let mut parts = text.split(['«', '»']);
            let mut whole = parts.next().unwrap_or_default().to_owned();
            while let (Some(count), Some(rest)) = (parts.next(), parts.next()) {
                whole.push_str(&"a".repeat(count.parse().unwrap()));
                whole.push_str(rest);
            }
            Value::String(whole)
        }
        Value::Array(items) => items.into_iter().map(long).collect(),
        Value::Object(members) => members.into_iter().map(|(name, value)| (name, long(value))).collect(),
        other => other,
    }
}
