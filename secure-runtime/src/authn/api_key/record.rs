use std::collections::BTreeSet;
use std::fmt;
use std::time::Duration;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use secure_policy::{valid_role, valid_scope};

/// The longest name of a client or tenant, in bytes.
const MAX_NAME: usize = 255;
/// All scopes of a key together, and all its roles, in bytes.
const MAX_RIGHTS: usize = 4096;

/// What a store keeps of a key. Times are whole seconds since 1970-01-01 UTC.
///
/// The key itself is not in it, and cannot be computed from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The part of the key that finds it. No secret.
    pub id: String,
    /// What the key begins with.
    pub prefix: String,
    /// HMAC-SHA-256 of the whole key.
    pub digest: Digest,
    /// The id of the [`Pepper`](super::Pepper) that it was hashed with.
    pub pepper: String,
    /// The client that the key names: never a user.
    pub client: String,
    /// The client's tenant.
    pub tenant: Option<String>,
    /// The scopes, space-delimited (RFC 6749 §3.3).
    pub scope: String,
    /// The roles, space-delimited, without those that a hierarchy includes.
    pub roles: String,
    /// When it was issued.
    pub created_at: u64,
    /// From then on it is refused.
    pub expires_at: u64,
    /// When it was revoked. It is refused, whatever the time.
    pub revoked_at: Option<u64>,
    /// When it was last used, to the minute or so.
    pub last_used_at: Option<u64>,
    /// The id of the key that replaces it.
    pub replaced_by: Option<String>,
}

impl Record {
    /// Is it neither revoked nor expired? `now` is in seconds since 1970.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "exact for 285 million years")]
    pub fn is_live(&self, now: f64) -> bool {
        self.revoked_at.is_none() && now < self.expires_at as f64
    }

    /// The scopes.
    pub fn scopes(&self) -> impl Iterator<Item = &str> {
        self.scope.split_ascii_whitespace()
    }

    /// The roles.
    pub fn roles(&self) -> impl Iterator<Item = &str> {
        self.roles.split_ascii_whitespace()
    }
}

/// The HMAC of a key. It is compared in constant time, and `Debug` does not show it.
#[derive(Clone, Copy)]
pub struct Digest([u8; 32]);

impl Digest {
    /// From a store.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// For a store.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl PartialEq for Digest {
    fn eq(&self, other: &Self) -> bool {
        verify_slices_are_equal(&self.0, &other.0).is_ok()
    }
}

impl Eq for Digest {}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Digest(..)")
    }
}

/// A key that is to be issued.
#[derive(Clone, Debug)]
#[must_use = "it is issued by `ApiKeyManager::issue`"]
pub struct NewKey {
    pub(super) client: String,
    pub(super) lifetime: Duration,
    pub(super) tenant: Option<String>,
    scopes: BTreeSet<String>,
    roles: BTreeSet<String>,
}

impl NewKey {
    /// A key for a client: 1 to 255 visible ASCII characters (RFC 6749, appendix A.1, without the space). It expires after
    /// `lifetime`, of which fractions of a second are cut off.
    ///
    /// # Security
    ///
    /// A key names a program, not a person. Whoever holds it owns nothing that belongs to a user, even if a user has the
    /// same name.
    pub fn for_client(client: impl Into<String>, lifetime: Duration) -> Self {
        Self {
            client: client.into(),
            lifetime,
            tenant: None,
            scopes: BTreeSet::new(),
            roles: BTreeSet::new(),
        }
    }

    /// A scope; call it again for more. None unless said.
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.scopes.insert(scope.into());
        self
    }

    /// A role; call it again for more. None unless said.
    pub fn role(mut self, role: impl Into<String>) -> Self {
        self.roles.insert(role.into());
        self
    }

    /// The tenant that the client belongs to: 1 to 255 bytes without control characters. None unless said.
    pub fn tenant(mut self, tenant: impl Into<String>) -> Self {
        self.tenant = Some(tenant.into());
        self
    }

    pub(super) fn scope_text(&self) -> String {
        joined(&self.scopes)
    }

    pub(super) fn roles_text(&self) -> String {
        joined(&self.roles)
    }

    /// What is wrong with it.
    pub(super) fn fault(&self, max_lifetime: Duration) -> Option<&'static str> {
        let has_size = |text: &str| (1..=MAX_NAME).contains(&text.len());
        let tenant = self.tenant.as_deref();
        if !has_size(&self.client) || !self.client.bytes().all(|b| b.is_ascii_graphic()) {
            Some("a client is named by 1 to 255 visible ASCII characters")
        } else if tenant.is_some_and(|tenant| !has_size(tenant) || tenant.chars().any(char::is_control)) {
            Some("a tenant is named by 1 to 255 bytes without control characters")
        } else if !self.scopes.iter().all(|scope| valid_scope(scope)) {
            Some("a scope has characters that RFC 6749 does not allow")
        } else if !self.roles.iter().all(|role| valid_role(role)) {
            Some("a role is named by letters, digits, `_`, `-`, `.`, `:` and `/`")
        } else if self.scope_text().len() > MAX_RIGHTS || self.roles_text().len() > MAX_RIGHTS {
            Some("scopes and roles have 4096 bytes each at most")
        } else if self.lifetime.as_secs() == 0 {
            Some("a key lives for a second at least")
        } else if self.lifetime > max_lifetime {
            Some("a key cannot live that long here")
        } else {
            None
        }
    }
}

fn joined(names: &BTreeSet<String>) -> String {
    names.iter().map(String::as_str).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const YEAR: Duration = Duration::from_secs(365 * 24 * 3600);

    fn key() -> NewKey {
        NewKey::for_client("billing", YEAR)
    }

    #[test]
    fn p1_a_key_without_an_end_is_not_issued() {
        assert_eq!(key().fault(YEAR), None);
        for lifetime in [
            Duration::ZERO,
            Duration::from_millis(999),
            YEAR + Duration::from_nanos(1),
            Duration::MAX,
        ] {
            assert!(
                NewKey::for_client("billing", lifetime).fault(YEAR).is_some(),
                "{lifetime:?}"
            );
        }
    }

    #[test]
    fn one_name_cannot_smuggle_in_another() {
        let good = key()
            .tenant("Müller & Co")
            .scope("read:a")
            .scope("read:b")
            .role("ops/eu");
        assert_eq!(good.fault(YEAR), None);
        assert_eq!(
            (good.scope_text().as_str(), good.roles_text().as_str()),
            ("read:a read:b", "ops/eu")
        );
        let long = "x".repeat(256);
        for bad in [
            key().scope("read admin"),
            key().scope(""),
            key().scope("a\"b"),
            key().role("a b"),
            key().role(""),
            key().role("rôle"),
            key().tenant(""),
            key().tenant("a\0"),
            key().tenant("a\n"),
            key().tenant(&long),
            key().scope("s".repeat(MAX_RIGHTS + 1)),
            key().role("r".repeat(MAX_RIGHTS + 1)),
            NewKey::for_client("", YEAR),
            NewKey::for_client("a b", YEAR),
            NewKey::for_client("a\n", YEAR),
            NewKey::for_client("ä", YEAR),
            NewKey::for_client(&long, YEAR),
        ] {
            assert!(bad.fault(YEAR).is_some(), "{bad:?}");
        }
    }

    #[test]
    fn p1_it_ends_at_its_second_and_when_it_is_revoked() {
        let mut record = sample();
        assert!(record.is_live(99.9));
        assert!(!record.is_live(100.0) && !record.is_live(f64::INFINITY) && !record.is_live(f64::NAN));
        record.revoked_at = Some(1_000);
        assert!(!record.is_live(50.0));
    }

    #[test]
    fn g3_debug_shows_no_digest() {
        assert!(format!("{:?}", sample()).contains("Digest(..)"));
    }

    fn sample() -> Record {
        Record {
            id: "0".repeat(12),
            prefix: "myapp".to_owned(),
            digest: Digest::from_bytes([0xab; 32]),
            pepper: "a".to_owned(),
            client: "billing".to_owned(),
            tenant: None,
            scope: "read:a".to_owned(),
            roles: String::new(),
            created_at: 0,
            expires_at: 100,
            revoked_at: None,
            last_used_at: None,
            replaced_by: None,
        }
    }
}
