use std::borrow::Cow;

use axum::http::StatusCode;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::Serialize;

use crate::Problem;
use crate::audit::Reason;
use crate::authn::{Principal, credential};
use crate::authz::forbidden;

/// So many are reported, and no more: the answer to a bad request stays small.
const MAX_VIOLATIONS: usize = 100;

/// Each level around a fault is read again, to find it. Above so many readings of everything, a deep fault is reported where
/// the readings end, or a small body could take as many as it has levels.
const MAX_READINGS: usize = 8;

/// What is small is read to its depth.
const SMALL: usize = 5000;

/// So much of a name that the client made up is repeated.
const MAX_NAME: usize = 64;

/// What RFC 3986 §3.5 does not allow in a fragment as it is.
const FRAGMENT: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// A rule that an input breaks: which one, what is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Violation {
    detail: Cow<'static, str>,
    pointer: String,
    rule: &'static str,
}

impl Violation {
    /// `rule` is a word for programs, such as `length`; `pointer` a JSON pointer (RFC 6901), which is written as a URI
    /// fragment (its §6); `detail` is for people, so leave the value out.
    #[must_use]
    pub fn new(rule: &'static str, pointer: &str, detail: impl Into<Cow<'static, str>>) -> Self {
        Self {
            detail: detail.into(),
            pointer: format!("#{}", utf8_percent_encode(pointer, FRAGMENT)),
            rule,
        }
    }
}

/// What is wrong with an input, as its checks find it.
///
/// It knows the place within the input at which a check looks, and the caller, for rules that depend on who sends a value.
#[derive(Debug)]
pub struct Report<'r> {
    found: &'r mut Found,
    place: Place<'r>,
    caller: Option<&'r Principal>,
}

/// Everything that was found so far.
#[derive(Debug, Default)]
pub(crate) struct Found {
    violations: Vec<Violation>,
    /// Members that this caller may not set.
    forbidden: Vec<Violation>,
    /// How many values stand in the input.
    parts: usize,
    /// How many were read once more, to say which of them is wrong.
    read_again: usize,
}

#[derive(Debug)]
struct Place<'p> {
    parent: Option<&'p Place<'p>>,
    segment: Segment<'p>,
}

#[derive(Clone, Copy, Debug)]
enum Segment<'p> {
    Root,
    Name(&'p str),
    Index(usize),
}

impl<'r> Report<'r> {
    pub(crate) fn new(found: &'r mut Found, caller: Option<&'r Principal>) -> Self {
        Self {
            found,
            caller,
            place: Place {
                parent: None,
                segment: Segment::Root,
            },
        }
    }

    /// The same report at a member of the input.
    #[must_use]
    pub fn at<'c>(&'c mut self, name: &'c str) -> Report<'c> {
        self.within(Segment::Name(name))
    }

    /// The same report at an item of a list.
    #[must_use]
    pub fn item(&mut self, index: usize) -> Report<'_> {
        self.within(Segment::Index(index))
    }

    fn within<'c>(&'c mut self, segment: Segment<'c>) -> Report<'c> {
        Report {
            found: self.found,
            caller: self.caller,
            place: Place {
                parent: Some(&self.place),
                segment,
            },
        }
    }

    /// The value here breaks `rule`, a word for programs; `detail` is for people, so leave the value out.
    pub fn breaks(&mut self, rule: &'static str, detail: impl Into<Cow<'static, str>>) {
        if !self.is_full() {
            let violation = Violation::new(rule, &self.place.pointer(), detail);
            self.found.violations.push(violation);
        }
    }

    /// This caller may not set the value here: the answer is 403, and not 422.
    pub fn forbids(&mut self, rule: &'static str, detail: impl Into<Cow<'static, str>>) {
        if self.found.forbidden.len() < MAX_VIOLATIONS {
            let violation = Violation::new(rule, &self.place.pointer(), detail);
            self.found.forbidden.push(violation);
        }
    }

    /// Who sends the value; `None` where the endpoint asks nobody.
    #[must_use]
    pub fn caller(&self) -> Option<&'r Principal> {
        self.caller
    }

    /// May so many values be read again?
    pub(super) fn affords(&mut self, parts: usize) -> bool {
        self.found.read_again = self.found.read_again.saturating_add(parts);
        self.found.read_again <= self.found.parts.saturating_mul(MAX_READINGS).max(SMALL)
    }

    /// No rule that is broken from here on is reported. A member that the caller may not set still is.
    fn is_full(&self) -> bool {
        self.found.violations.len() >= MAX_VIOLATIONS
    }
}

impl Found {
    /// For an input of so many values.
    pub(super) fn in_parts(parts: usize) -> Self {
        Self {
            parts,
            ..Self::default()
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.violations.is_empty() && self.forbidden.is_empty()
    }

    /// The rules that are broken.
    pub(super) fn into_violations(self) -> Vec<Violation> {
        self.violations
    }

    /// 403 with each member that the caller may not set, 401 if there is no caller; else 422 with each rule that is broken.
    pub(crate) fn into_result(self, caller: Option<&Principal>) -> Result<(), Problem> {
        if !self.forbidden.is_empty() {
            if caller.is_none() {
                return Err(credential::missing());
            }
            let refusal = forbidden(Reason::Member, "the input has a member that this caller may not set");
            return Err(refusal.violations(self.forbidden));
        }
        if self.violations.is_empty() {
            return Ok(());
        }
        Err(Problem::refusal(StatusCode::UNPROCESSABLE_ENTITY, Reason::Input)
            .detail("the input breaks a rule of this endpoint")
            .violations(self.violations))
    }
}

impl Place<'_> {
    /// RFC 6901 §3.
    fn pointer(&self) -> String {
        let mut pointer = self.parent.map_or_else(String::new, Place::pointer);
        match self.segment {
            Segment::Root => {}
            Segment::Index(index) => pointer.push_str(&format!("/{index}")),
            Segment::Name(name) => {
                let end = name.char_indices().nth(MAX_NAME).map(|(end, _)| end);
                let known = end.map_or(name, |end| name.split_at(end).0);
                pointer.push('/');
                pointer.push_str(&known.replace('~', "~0").replace('/', "~1"));
                if end.is_some() {
                    pointer.push('…');
                }
            }
        }
        pointer
    }
}

#[cfg(test)]
mod tests {
    use super::{Found, MAX_VIOLATIONS, Report, Violation};

    #[test]
    fn b5_pointers_are_fragments() {
        let mut found = Found::default();
        let mut report = Report::new(&mut found, None);
        report.breaks("type", "no");
        report.at("items").item(3).at("a/b~c").breaks("length", "no");
        report.at("<script>\r\n\"ü").breaks("unknown", "no");
        report.at(&"x".repeat(65)).breaks("unknown", "no");
        let pointers: Vec<&str> = found.violations.iter().map(|v| v.pointer.as_str()).collect();
        let long = format!("#/{}%E2%80%A6", "x".repeat(64));
        assert_eq!(
            pointers,
            ["#", "#/items/3/a~1b~0c", "#/%3Cscript%3E%0D%0A%22%C3%BC", &long]
        );
    }

    #[test]
    fn b4_the_answer_stays_small() {
        let mut found = Found::default();
        let mut report = Report::new(&mut found, None);
        for i in 0..MAX_VIOLATIONS * 2 {
            assert_eq!(report.is_full(), i >= MAX_VIOLATIONS);
            report.item(i).breaks("range", "no");
        }
        assert_eq!(found.violations.len(), MAX_VIOLATIONS);
        assert_eq!(found.violations[0], Violation::new("range", "/0", "no"));
    }
}
