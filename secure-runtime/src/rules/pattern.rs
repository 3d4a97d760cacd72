//! `pattern = "^[a-z]+$"`: the whole text matches. The expression was checked when it was compiled: it is anchored, means the
//! same in Rust and in JSON Schema (ECMA-262), and matches in linear time.

use std::sync::{LazyLock, OnceLock};

use garde::rules::pattern::apply;
use regex::Regex;
use schemars::Schema;
use serde_json::json;

use super::text::{Glance, Text};
use crate::Report;

/// An expression, compiled at its first use.
#[derive(Debug)]
pub struct Pattern {
    compiled: LazyLock<Option<Regex>>,
}

impl Pattern {
    /// Not compiled yet.
    #[must_use]
    pub const fn new(compile: fn() -> Option<Regex>) -> Self {
        Self {
            compiled: LazyLock::new(compile),
        }
    }

    /// False also where it could not be compiled.
    pub(super) fn matches(&self, text: &str) -> bool {
        self.compiled.as_ref().is_some_and(|regex| regex.is_match(text))
    }
}

/// `None` if it is too large: what `#[input]` lets through is well-formed.
#[must_use]
pub fn compile(text: &str) -> Option<Regex> {
    Regex::new(text)
        .inspect_err(|error| tracing::error!(target: "secure::input", "{error}"))
        .ok()
}

/// Checks it.
pub fn check<T: Text>(value: &T, pattern: &Pattern, report: &mut Report<'_>) {
    let Some(text) = value.text(Glance::of_a_rule()) else {
        return;
    };
    match &*pattern.compiled {
        Some(regex) => super::settle(apply(&text.to_owned(), (regex,)), "pattern", report),
        None => report.breaks("pattern", "cannot be checked"),
    }
}

/// What reads patterns, once one was shown. Start-up asks it and does not name [`compile`], so that an application without patterns is
/// linked without regular expressions, 1.4 MB.
static READER: OnceLock<fn(&str) -> Option<Regex>> = OnceLock::new();

/// Shows it.
pub fn schema(text: &'static str) -> impl Fn(&mut Schema) {
    move |schema| {
        READER.get_or_init(|| compile);
        super::schema::add(schema, "pattern", json!(text));
    }
}

/// Can a pattern that was shown be checked?
pub(crate) fn is_readable(text: &str) -> bool {
    READER.get().is_none_or(|read| read(text).is_some())
}
