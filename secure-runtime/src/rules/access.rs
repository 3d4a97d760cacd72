//! `scope = "…"`, `role = "…"`, `owner`: who may set a member of an input.

use schemars::Schema;
use secure_policy::Expr;
use serde_json::{Value, json};

use crate::input::Patch;
use crate::{Identifier, Report};

/// Who may set a member: both must hold.
#[derive(Debug)]
pub struct Setters {
    /// The scopes of the caller's token.
    pub scope: Option<Expr>,
    /// The caller's roles.
    pub role: Option<Expr>,
}

/// A member that a client may leave out.
#[diagnostic::on_unimplemented(
    message = "only some callers may set this member, and `{Self}` cannot be left out by the others",
    label = "this member is always there",
    note = "help: write `Option<{Self}>`, or `Patch<{Self}>` where null means to remove it",
    note = "see [S029] in the book's error index"
)]
pub trait Presence {
    /// Did the client set it?
    fn is_present(&self) -> bool;
}

impl<T> Presence for Option<T> {
    fn is_present(&self) -> bool {
        self.is_some()
    }
}

/// Removing is setting.
impl<T> Presence for Patch<T> {
    fn is_present(&self) -> bool {
        !self.is_absent()
    }
}

/// A member that is there, or not, is one that this caller may set, or not.
pub fn check(present: bool, setters: &Setters, report: &mut Report<'_>) {
    if !present {
        return;
    }
    let may = report.caller().is_some_and(|caller| {
        let scope = setters.scope.as_ref();
        let role = setters.role.as_ref();
        scope.is_none_or(|scope| scope.holds(|name| caller.has_scope(name)))
            && role.is_none_or(|role| role.holds(|name| caller.has_role(name)))
    });
    if !may {
        let rule = if setters.scope.is_some() { "scope" } else { "role" };
        report.forbids(rule, "may not be set by this caller");
    }
}

/// The member names the caller. A client that acts for itself is no user, whatever its name.
pub fn owner(value: &impl Identifier, report: &mut Report<'_>) {
    let mine = report
        .caller()
        .is_some_and(|caller| caller.may_own() && value.names(caller.subject()));
    if !mine {
        report.forbids("owner", "must name the caller");
    }
}

/// Shows who.
pub fn schema(setters: &'static Setters) -> impl Fn(&mut Schema) {
    move |schema| {
        let text = |expr: &Option<Expr>| expr.as_ref().map_or(Value::Null, |expr| json!(expr.to_string()));
        let mut who = serde_json::Map::new();
        for (name, value) in [("scope", text(&setters.scope)), ("role", text(&setters.role))] {
            if !value.is_null() {
                who.insert(name.to_owned(), value);
            }
        }
        super::schema::add(schema, "x-set-by", Value::Object(who));
    }
}

/// Shows that it names the caller.
pub fn owner_schema() -> impl Fn(&mut Schema) {
    |schema| super::schema::add(schema, "x-names", json!("caller"))
}
