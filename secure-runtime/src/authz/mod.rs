//! What a caller may do: scopes, roles, and whose the identifiers in the request are.

mod binding;
mod identifier;
mod owned;
mod roles;

pub(crate) use binding::check as check_binding;
pub use identifier::Identifier;
pub use owned::{Owned, Resource};
pub use roles::RoleHierarchy;

use axum::http::StatusCode;
use secure_policy::{Access, Expr};

use crate::Problem;
use crate::audit::Reason;
use crate::authn::{Challenge, Means, Principal};

/// Scope and role of the policy, and the scopes that the routers around the endpoint demand beside it.
///
/// # Errors
///
/// 401 without an error code if a caller is needed and there is none, 403 otherwise.
pub(crate) fn check_access(access: &Access, demanded: &[Expr], caller: Option<&Principal>) -> Result<(), Problem> {
    let Some(caller) = caller else {
        return match (access, demanded) {
            (Access::Public { .. } | Access::Optional, []) => Ok(()),
            _ => Err(crate::authn::credential::missing()),
        };
    };
    if let Access::Caller { scope, role } = access {
        if let Some(scope) = scope {
            check_scope(scope, caller)?;
        }
        if let Some(role) = role
            && !role.holds(|name| caller.has_role(name))
        {
            return Err(forbidden(
                Reason::Role,
                "this needs a role that the caller does not have",
            ));
        }
    }
    demanded.iter().try_for_each(|scope| check_scope(scope, caller))
}

fn check_scope(scope: &Expr, caller: &Principal) -> Result<(), Problem> {
    if scope.holds(|name| caller.has_scope(name)) {
        return Ok(());
    }
    if caller.verified().means != Means::AccessToken {
        return Err(forbidden(Reason::Scope, "the credential lacks a scope"));
    }
    let challenge = Challenge::error("insufficient_scope", "the access token lacks a scope");
    Err(forbidden(Reason::Scope, "the access token lacks a scope")
        .challenge(challenge.scope(scope.sufficient().join(" "))))
}

/// 403 without a challenge: no other token of the same caller would do.
pub(crate) fn forbidden(reason: Reason, detail: &'static str) -> Problem {
    Problem::refusal(StatusCode::FORBIDDEN, reason).detail(detail)
}
