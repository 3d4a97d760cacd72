//! `url`: an absolute `https` or `http` URL (RFC 3986) with a host and without user information.

use fluent_uri::Uri;
use schemars::Schema;
use serde_json::json;

use super::pattern::{self, Pattern};
use super::text::{Glance, Text};
use crate::Report;

/// No `javascript:`, no `file:`, nothing before an `@` that looks like the host, and a host before the port.
const FORM: &str = r"^https?://[^/?#@:][^/?#@]*([/?#][^\n]*)?$";

static MATCHES_FORM: Pattern = Pattern::new(|| pattern::compile(FORM));

/// Checks it.
pub fn check<T: Text>(value: &T, report: &mut Report<'_>) {
    let Some(text) = value.text(Glance::of_a_rule()) else {
        return;
    };
    if !(MATCHES_FORM.matches(text) && Uri::parse(text).is_ok()) {
        report.breaks("url", "must be an absolute `https` or `http` URL");
    }
}

/// Shows it.
pub fn schema() -> impl Fn(&mut Schema) {
    |schema| {
        super::schema::add(schema, "format", json!("uri"));
        pattern::schema(FORM)(schema);
    }
}
