//! `custom = function`: a rule in Rust. JSON Schema can only name it.

use std::borrow::Cow;

use schemars::Schema;
use serde_json::json;

use crate::Report;

/// Checks it.
pub fn check<T: ?Sized, E: Into<Cow<'static, str>>>(
    value: &T,
    rule: impl FnOnce(&T) -> Result<(), E>,
    report: &mut Report<'_>,
) {
    if let Err(detail) = rule(value) {
        report.breaks("custom", detail);
    }
}

/// Shows its name.
pub fn schema(name: &'static str) -> impl Fn(&mut Schema) {
    move |schema| super::schema::add(schema, "x-rule", json!(name))
}
