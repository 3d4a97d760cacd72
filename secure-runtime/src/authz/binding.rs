use axum::http::StatusCode;
use secure_policy::{Binding, BindingKind};

use super::{Identifier, forbidden};
use crate::Problem;
use crate::audit::Reason;
use crate::authn::Principal;

/// Compares an identifier that the handler will receive with the caller.
///
/// # Errors
///
/// 401 if there is no caller; 403, or 404 where the policy hides, if the identifier is not the caller's.
pub(crate) fn check(binding: &Binding, value: &impl Identifier, caller: Option<&Principal>) -> Result<(), Problem> {
    let Some(caller) = caller else {
        return Err(crate::authn::credential::missing());
    };
    let (mine, reason) = match binding.kind {
        BindingKind::Owner => (is_mine(value, caller), Reason::Owner),
        BindingKind::Tenant => (
            caller.tenant().is_some_and(|tenant| value.names(tenant)),
            Reason::Tenant,
        ),
        BindingKind::Shared => (true, Reason::Owner),
    };
    if mine || stands_in(binding, caller) {
        return Ok(());
    }
    Err(refused(binding, reason))
}

/// Only of callers whose names are names of owners.
pub(super) fn is_mine(owner: &(impl Identifier + ?Sized), caller: &Principal) -> bool {
    caller.may_own() && owner.names(caller.subject())
}

/// A scope stands in for ownership, where the policy names one.
pub(super) fn stands_in(binding: &Binding, caller: &Principal) -> bool {
    let scope = binding.or_scope.as_ref();
    scope.is_some_and(|scope| scope.holds(|name| caller.has_scope(name)))
}

/// 404 where the policy hides, to the byte what there is for an object that does not exist; 403 otherwise.
pub(super) fn refused(binding: &Binding, reason: Reason) -> Problem {
    if binding.hidden {
        return Problem::refusal(StatusCode::NOT_FOUND, reason);
    }
    let detail = match reason {
        Reason::Tenant => "this belongs to another tenant",
        _ => "this belongs to somebody else",
    };
    forbidden(reason, detail)
}
