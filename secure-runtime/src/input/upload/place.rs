use std::borrow::Cow;

use axum::http::StatusCode;

use crate::Problem;
use crate::audit::Reason;
use crate::input::Violation;

/// So much of a name that the client made up is repeated, in characters.
const MAX_NAME: usize = 64;

/// What a refusal points at: the body as a whole, or a part of the form.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// RFC 6901.
    pointer: String,
}

impl Place {
    pub(super) fn body() -> Self {
        Self { pointer: String::new() }
    }

    pub(super) fn part(name: &str) -> Self {
        let end = name.char_indices().nth(MAX_NAME).map(|(end, _)| end);
        let known = end.map_or(name, |end| name.split_at(end).0);
        let more = if end.is_some() { "…" } else { "" };
        Self {
            pointer: format!("/{}{more}", known.replace('~', "~0").replace('/', "~1")),
        }
    }

    /// 422 for the rule that is broken here.
    pub(super) fn breaks(&self, rule: &'static str, detail: impl Into<Cow<'static, str>>) -> Problem {
        let problem = Problem::refusal(StatusCode::UNPROCESSABLE_ENTITY, Reason::Input);
        self.blame(problem.detail("the input breaks a rule of this endpoint"), rule, detail)
    }

    /// The problem, which is here.
    pub(super) fn blame(&self, problem: Problem, rule: &'static str, detail: impl Into<Cow<'static, str>>) -> Problem {
        problem.violations(vec![Violation::new(rule, &self.pointer, detail)])
    }
}
