use std::collections::BTreeSet;
use std::sync::Arc;

use super::credential::invalid;
use super::jwt::Layout;
use super::principal::{Confirmation, Means, Principal, Verified};
use super::remote::{Active, Failure, Introspection, Introspector};
use super::text::Text;
use crate::Problem;
use crate::authz::RoleHierarchy;
use crate::clock::Clock;
use crate::json::Members;
use crate::startup::Fault;

/// Access tokens that say nothing by themselves: their issuer is asked (RFC 7662).
pub(super) struct OpaqueTokens {
    introspector: Introspector,
    issuer: String,
    layout: Layout,
    /// Do its users own objects?
    pub(super) users_own: bool,
}

impl OpaqueTokens {
    pub(super) fn prepare(introspection: Introspection, clock: &Clock, faults: &mut Vec<Fault>) -> Option<Self> {
        let (issuer, layout) = (introspection.issuer.clone(), introspection.layout.clone());
        let introspector = introspection.prepare(clock, faults)?;
        Some(Self {
            introspector,
            issuer,
            layout,
            users_own: false,
        })
    }

    pub(super) fn issuer(&self) -> &str {
        &self.issuer
    }

    /// The principal of a token that its issuer calls active.
    ///
    /// # Errors
    ///
    /// 401 `invalid_token`; 503 where the issuer cannot be asked.
    pub(super) async fn identify(&self, token: &str, hierarchy: &RoleHierarchy) -> Result<Principal, Problem> {
        let active = self.introspector.introspect(token).await;
        let active = active.map_err(Failure::into_problem)?;
        self.principal(&active, hierarchy)
    }

    fn principal(&self, active: &Active, hierarchy: &RoleHierarchy) -> Result<Principal, Problem> {
        let wrong_type = || invalid("the access token lacks a claim, or has one of the wrong type");
        let claims = Members::of(&active.claims).ok_or_else(wrong_type)?;
        let mut roles = BTreeSet::new();
        for role in self.layout.roles.list(&claims).map_err(|_| wrong_type())? {
            hierarchy.expand(&role, &mut roles);
        }
        let tenant = self.layout.tenant.text(&claims).map_err(|_| wrong_type())?;
        let confirmation = active.confirmation.as_ref().map(|bound| {
            // A binding that cannot be checked is no reason to do without.
            let known = !bound.has_others;
            known.then(|| Confirmation {
                jkt: bound.jkt.clone(),
                x5t_s256: bound.x5t_s256.clone(),
            })
        });
        let confirmation = match confirmation {
            Some(None) => return Err(wrong_type()),
            Some(known) => known,
            None => None,
        };
        let is_client = active.client_id.as_ref() == Some(&active.subject);
        Ok(Principal::new(Verified {
            means: Means::AccessToken,
            issuer: Arc::clone(&active.issuer),
            subject: active.subject.clone().into(),
            is_client,
            may_own: self.users_own && !is_client,
            client_id: active.client_id.clone().map(Text::from),
            tenant: tenant.map(|tenant| Text::of(&tenant, &active.claims)),
            scope: (*active.scope).into(),
            roles,
            expires_at: active.expires_at,
            valid_from: 0.0,
            issued_at: active.issued_at,
            acr: active.acr.clone().map(Text::from),
            authenticated_at: active.auth_time,
            token_id: active.token_id.clone().map(Text::from),
            confirmation: confirmation.map(Box::new),
            claims: active.claims.clone(),
        }))
    }
}
