use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::builder::Shared;
use super::error::ManageError;
use super::key::ApiKey;
use super::record::{NewKey, Record};
use crate::clock::Clock;

/// Issues, rotates, revokes and lists keys. Made by [`ApiKeys::manager`](super::ApiKeys::manager), or by
/// [`Security::api_key_manager`](crate::Security::api_key_manager) of an application that accepts them.
///
/// # Security
///
/// It asks nobody whether they may: that is for the endpoint or the program that calls it.
pub struct ApiKeyManager {
    pub(super) shared: Arc<Shared>,
    pub(super) clock: Clock,
    pub(super) max_lifetime: Duration,
}

impl ApiKeyManager {
    /// A new key, which is shown this once, and its record.
    ///
    /// # Errors
    ///
    /// [`ManageError::Invalid`] if it cannot be as asked for; otherwise if there are no random numbers, or the store fails.
    pub async fn issue(&self, new: NewKey) -> Result<(ApiKey, Record), ManageError> {
        if let Some(fault) = new.fault(self.max_lifetime) {
            return Err(ManageError::Invalid(fault));
        }
        let now = self.now()?;
        let (key, mut record) = self.fresh(now, new.lifetime.as_secs())?;
        record.scope = new.scope_text();
        record.roles = new.roles_text();
        record.client = new.client;
        record.tenant = new.tenant;
        self.shared.store.insert(&record).await?;
        told("authn_token_created", "issued", Some(&record.client), &record.id);
        Ok((key, record))
    }

    /// A new key with the rights, and the length of life, of the one with this id. The old one is good for `overlap` more,
    /// or until it expires, if that is sooner; then it is refused.
    ///
    /// Where [`max_lifetime`](super::ApiKeys::max_lifetime) was lowered meanwhile, the new one lives that long.
    ///
    /// # Errors
    ///
    /// [`ManageError::Unknown`] and [`ManageError::Ended`], the latter also where it was replaced before: a key has one
    /// successor. Otherwise if there are no random numbers, or the store fails.
    pub async fn rotate(&self, id: &str, overlap: Duration) -> Result<(ApiKey, Record), ManageError> {
        let old = self.shared.store.find(id).await?.ok_or(ManageError::Unknown)?;
        let now = self.now()?;
        let lifetime = old.expires_at.saturating_sub(old.created_at);
        let (key, mut record) = self.fresh(now, lifetime.min(self.max_lifetime.as_secs()))?;
        record.client = old.client;
        record.tenant = old.tenant;
        record.scope = old.scope;
        record.roles = old.roles;
        let ends_at = now.saturating_add(overlap.as_secs()).min(old.expires_at);
        // Whether it may still be replaced is for the store to say, in one step with the replacing.
        if !self.shared.store.replace(id, &record, ends_at, now).await? {
            return Err(ManageError::Ended);
        }
        told("authn_token_created", "rotated", Some(&record.client), &record.id);
        Ok((key, record))
    }

    /// Ends the key with this id, from the next request on. To do it twice is no error. A successor, or a key that it
    /// replaces, is not touched.
    ///
    /// # Errors
    ///
    /// [`ManageError::Unknown`]; otherwise if the store fails, and then it may or may not be revoked.
    pub async fn revoke(&self, id: &str) -> Result<(), ManageError> {
        if !self.shared.store.revoke(id, self.now()?).await? {
            return Err(ManageError::Unknown);
        }
        told("authn_token_revoked", "revoked", None, id);
        Ok(())
    }

    /// The records of a client, ended ones among them, the newest first; 1,000 at most.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn list(&self, client: &str) -> Result<Vec<Record>, ManageError> {
        Ok(self.shared.store.list(client).await?)
    }

    /// Removes the records of keys that expired longer ago than this, and says how many they were.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn forget_expired(&self, longer_ago: Duration) -> Result<u64, ManageError> {
        let before = self.now()?.saturating_sub(longer_ago.as_secs());
        Ok(self.shared.store.forget(before).await?)
    }

    /// A key that nobody has yet, with a record that gives it no rights.
    fn fresh(&self, now: u64, lifetime: u64) -> Result<(ApiKey, Record), ManageError> {
        let key = self.shared.form.generate();
        let key = key.map_err(|_| ManageError::System("the system has no random numbers"))?;
        let (pepper, digest) = self.shared.peppers.digest(key.expose());
        let record = Record {
            id: key.id().to_owned(),
            prefix: self.shared.form.prefix().to_owned(),
            digest,
            pepper,
            client: String::new(),
            tenant: None,
            scope: String::new(),
            roles: String::new(),
            created_at: now,
            expires_at: now.saturating_add(lifetime),
            revoked_at: None,
            last_used_at: None,
            replaced_by: None,
        };
        Ok((key, record))
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is neither below zero nor above what fits"
    )]
    fn now(&self) -> Result<u64, ManageError> {
        let now = self.clock.unix_seconds();
        if (0.0..1e15).contains(&now) {
            Ok(now as u64)
        } else {
            Err(ManageError::System("the system's clock cannot be right"))
        }
    }
}

/// An event in the words of OWASP's logging vocabulary. An id is no secret, and both names are visible ASCII.
fn told(event: &'static str, what: &'static str, client: Option<&str>, id: &str) {
    tracing::info!(target: "secure::audit", event, what, client, key = id);
}

impl fmt::Debug for ApiKeyManager {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiKeyManager")
            .field("prefix", &self.shared.form.prefix())
            .finish_non_exhaustive()
    }
}
