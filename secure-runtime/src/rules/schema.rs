//! Keywords of JSON Schema 2020-12, added to what a type already says.

use schemars::Schema;
use serde_json::{Map, Value};

/// Adds a keyword. Where another rule has given it, both hold.
pub(super) fn add(schema: &mut Schema, keyword: &str, value: Value) {
    let known = schema.get(keyword).is_some_and(|known| *known != value);
    if !known {
        schema.insert(keyword.to_owned(), value);
        return;
    }
    let object = schema.ensure_object();
    let all = object.entry("allOf").or_insert_with(|| Value::Array(Vec::new()));
    if let Value::Array(all) = all {
        let mut other = Map::new();
        other.insert(keyword.to_owned(), value);
        all.push(Value::Object(other));
    }
}
