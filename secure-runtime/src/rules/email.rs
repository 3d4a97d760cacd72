//! `email`: an address of the form that HTML's forms take, without quoted parts and address literals.

use schemars::Schema;
use serde_json::json;

use super::pattern::{self, Pattern};
use super::text::{Glance, Text};
use crate::Report;

/// The `Dot-string` and the `Domain` of RFC 5321 §4.1.2, of at most 64 and 253 characters.
const FORM: &str = r"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$";

/// Of the parts before and behind the `@`, which no keyword of JSON Schema counts apart.
const LENGTHS: &str = r"^[^@]{1,64}@[^@]{1,253}$";

static MATCHES_FORM: Pattern = Pattern::new(|| pattern::compile(FORM));
static MATCHES_LENGTHS: Pattern = Pattern::new(|| pattern::compile(LENGTHS));

/// Checks it.
pub fn check<T: Text>(value: &T, report: &mut Report<'_>) {
    let Some(text) = value.text(Glance::of_a_rule()) else {
        return;
    };
    let text = text.to_owned();
    let fine =
        garde::rules::email::apply(&text, ()).is_ok() && MATCHES_FORM.matches(&text) && MATCHES_LENGTHS.matches(&text);
    if !fine {
        report.breaks("email", "must be an email address");
    }
}

/// Shows it.
pub fn schema() -> impl Fn(&mut Schema) {
    |schema| {
        super::schema::add(schema, "format", json!("email"));
        pattern::schema(FORM)(schema);
        pattern::schema(LENGTHS)(schema);
    }
}
