use axum::http::StatusCode;
use secure_policy::{Binding, BindingKind};

use super::{Identifier, forbidden};
use crate::Problem;
use crate::audit::Reason;
use crate::authn::Principal;

/// Compares an identifier that the handler will receive with the caller.
///
/// A client that acts for itself owns nothing: its subject is its client id, and whoever registers clients could choose
/// that to be a user's name (RFC 9700 §4.15).
///
/// # Errors
///
/// 401 if there is no caller; 403, or 404 where the policy hides, if the identifier is not the caller's.
pub(crate) fn check(binding: &Binding, value: &impl Identifier, caller: Option<&Principal>) -> Result<(), Problem> {
    let Some(caller) = caller else {
        return Err(crate::authn::bearer::missing());
    };
    let mine = match binding.kind {
        BindingKind::Owner => !caller.is_client() && value.names(caller.subject()),
        BindingKind::Tenant => caller.tenant().is_some_and(|tenant| value.names(tenant)),
        BindingKind::Shared => true,
    };
    let let_through = |scope: &secure_policy::Expr| scope.holds(|name| caller.has_scope(name));
    if mine || binding.or_scope.as_ref().is_some_and(let_through) {
        return Ok(());
    }
    let (reason, detail) = match binding.kind {
        BindingKind::Tenant => (Reason::Tenant, "this belongs to another tenant"),
        BindingKind::Owner | BindingKind::Shared => (Reason::Owner, "this belongs to somebody else"),
    };
    Err(if binding.hidden {
        Problem::refusal(StatusCode::NOT_FOUND, reason)
    } else {
        forbidden(reason, detail)
    })
}
