use aws_lc_rs::error::Unspecified;
use aws_lc_rs::{hmac, rand};
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use secure_policy::ByteSize;

use super::jwt::Signed;

/// Principals of tokens that were verified before.
///
/// The decision is never kept: scopes, owners and limits are asked again for each request, and so are the expiry, the keys,
/// the denylist and the proof of a bound token. An entry stands under a keyed hash of its token: the cache holds no
/// credential, and nobody can make two tokens that it takes for one another.
pub(crate) struct TokenCache {
    key: hmac::Key,
    entries: Cache<Digest, Cached, Weight>,
}

/// What an entry stands under.
pub(crate) type Digest = [u8; 32];

/// A token that was verified, and which of the verifiers did.
#[derive(Clone)]
pub(crate) struct Cached {
    pub(crate) verifier: usize,
    pub(crate) signed: Signed,
}

/// What an entry takes beside its claims, about: the principal's texts and the cache's own book-keeping.
const ENTRY: u64 = 512;

#[derive(Clone)]
struct Weight;

impl Weighter<Digest, Cached> for Weight {
    fn weight(&self, _: &Digest, cached: &Cached) -> u64 {
        // The texts of a principal are copies of what its claims have.
        ENTRY + 2 * cached.signed.principal.verified().claims.len() as u64
    }
}

impl TokenCache {
    /// A cache of this size, with a key that only this process has.
    ///
    /// # Errors
    ///
    /// If the system has no random numbers.
    pub(crate) fn new(size: ByteSize) -> Result<Self, Unspecified> {
        let mut secret = [0; 32];
        rand::fill(&mut secret)?;
        let expected = usize::try_from(size.bytes() / (4 * ENTRY)).unwrap_or(usize::MAX);
        Ok(Self {
            key: hmac::Key::new(hmac::HMAC_SHA256, &secret),
            entries: Cache::with_weighter(expected, size.bytes(), Weight),
        })
    }

    pub(crate) fn digest(&self, token: &str) -> Digest {
        let tag = hmac::sign(&self.key, token.as_bytes());
        let mut digest = [0; 32];
        digest.copy_from_slice(tag.as_ref());
        digest
    }

    pub(crate) fn get(&self, digest: &Digest) -> Option<Cached> {
        self.entries.get(digest)
    }

    pub(crate) fn insert(&self, digest: Digest, cached: Cached) {
        self.entries.insert(digest, cached);
    }

    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(crate) fn remove(&self, digest: &Digest) {
        self.entries.remove(digest);
    }
}
