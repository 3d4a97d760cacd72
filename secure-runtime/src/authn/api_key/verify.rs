use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use axum::http::StatusCode;
use serde::Serialize;
use tokio::time::timeout;

use super::Record;
use super::builder::Shared;
use super::last_use::LastUse;
use super::manager::ApiKeyManager;
use super::request::Places;
use crate::Problem;
use crate::audit::Reason;
use crate::authn::principal::{Means, Principal, Verified};
use crate::authn::{Challenge, unavailable};
use crate::authz::RoleHierarchy;
use crate::clock::Clock;

/// What a key is checked against, ready for use. See [`ApiKeys`](super::ApiKeys).
pub(crate) struct Verifier {
    pub(super) shared: Arc<Shared>,
    pub(super) places: Places,
    pub(super) issuer: Arc<str>,
    pub(super) uses: LastUse,
    /// The longest life of a key that is issued.
    pub(super) max_lifetime: Duration,
    /// How long the store may take.
    pub(super) patience: Duration,
}

/// What is known of the caller beside the principal's own members, in the words of RFC 7519 and RFC 9068.
#[derive(Serialize)]
struct Facts<'r> {
    iss: &'r str,
    sub: &'r str,
    client_id: &'r str,
    jti: &'r str,
    iat: u64,
    exp: u64,
    scope: &'r str,
    roles: Vec<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tenant: Option<&'r str>,
}

impl Verifier {
    pub(super) const PATIENCE: Duration = Duration::from_secs(5);

    /// Where a request brings keys.
    pub(crate) fn places(&self) -> &Places {
        &self.places
    }

    /// The id that a text claims, if it has the form of a key.
    pub(crate) fn claimed_id<'k>(&self, text: &'k str) -> Option<&'k str> {
        self.shared.form.id(text)
    }

    /// What issues the keys that this accepts.
    pub(crate) fn manager(&self, clock: &Clock) -> ApiKeyManager {
        ApiKeyManager {
            shared: Arc::clone(&self.shared),
            clock: clock.clone(),
            max_lifetime: self.max_lifetime,
        }
    }

    /// Whose subjects the clients are.
    pub(crate) fn issuer(&self) -> &str {
        &self.issuer
    }

    /// The principal of a key: the form, then one look into the store, then the secret, and only then what the record says.
    ///
    /// The store is asked each time, so that a key that is revoked is refused from then on.
    ///
    /// # Errors
    ///
    /// 401, with the same answer whatever is wrong with the key; 503 if the store does not answer.
    pub(crate) async fn verify(&self, presented: &str, now: f64, roles: &RoleHierarchy) -> Result<Principal, Problem> {
        // What does not look like a key costs no query: this tells a caller nothing that the form does not.
        let id = self
            .shared
            .form
            .id(presented)
            .ok_or_else(|| invalid("it is no key of this prefix"))?;
        let found = match timeout(self.patience, self.shared.store.find(id)).await {
            Ok(found) => found.map_err(unavailable)?,
            Err(_) => return Err(unavailable("the store of API keys did not answer in time")),
        };
        // The MAC is over the whole key, its id with it, and is computed for keys that do not exist as well.
        let stored = found.as_ref().map(|record| (record.pepper.as_str(), &record.digest));
        let is_genuine = self.shared.peppers.verify(presented, stored);
        let record = found.ok_or_else(|| invalid("there is no key of this id"))?;
        if !is_genuine {
            return Err(invalid(
                "the secret is wrong, or was hashed with a pepper that is not here",
            ));
        }
        if !record.is_live(now) {
            return Err(invalid("the key was revoked or has expired"));
        }
        let principal = self.principal(&record, roles)?;
        self.uses.note(&record, whole(now));
        Ok(principal)
    }

    fn principal(&self, record: &Record, hierarchy: &RoleHierarchy) -> Result<Principal, Problem> {
        let mut roles = BTreeSet::new();
        for role in record.roles() {
            hierarchy.expand(role, &mut roles);
        }
        let facts = Facts {
            iss: &self.issuer,
            sub: &record.client,
            client_id: &record.client,
            jti: &record.id,
            iat: record.created_at,
            exp: record.expires_at,
            scope: &record.scope,
            roles: record.roles().collect(),
            tenant: record.tenant.as_deref(),
        };
        let claims = serde_json::to_string(&facts).map_err(Problem::broken)?;
        Ok(Principal::new(Verified {
            means: Means::ApiKey,
            issuer: Arc::clone(&self.issuer),
            subject: record.client.as_str().into(),
            // The same as the subject, so it is a client and owns nothing of a user's.
            is_client: true,
            may_own: false,
            client_id: Some(record.client.as_str().into()),
            tenant: record.tenant.as_deref().map(Into::into),
            scope: record.scope.as_str().into(),
            roles,
            expires_at: seconds(record.expires_at),
            valid_from: 0.0,
            issued_at: Some(seconds(record.created_at)),
            acr: None,
            authenticated_at: None,
            token_id: Some(record.id.as_str().into()),
            confirmation: None,
            claims: claims.into(),
        }))
    }
}

/// 401, always the same. Why goes to the log.
pub(crate) fn invalid(cause: &'static str) -> Problem {
    Problem::refusal(StatusCode::UNAUTHORIZED, Reason::CredentialInvalid)
        .detail("the API key is invalid")
        .challenge(Challenge::bare())
        .because(cause)
}

#[expect(clippy::cast_precision_loss, reason = "exact for 285 million years")]
fn seconds(whole: u64) -> f64 {
    whole as f64
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a key that is live has a time that fits"
)]
fn whole(seconds: f64) -> u64 {
    seconds as u64
}
