use std::hash::{BuildHasherDefault, Hash, Hasher};

use aws_lc_rs::error::Unspecified;
use aws_lc_rs::rand;
use quick_cache::sync::{Cache, DefaultLifecycle};
use quick_cache::{Equivalent, Weighter};
use secure_policy::ByteSize;
use siphasher::sip128::{Hasher128 as _, SipHasher24};

use super::principal::Principal;

/// Principals of tokens that were verified before.
///
/// The decision is never kept: scopes, owners and limits are asked again for each request, and so are the expiry, the keys,
/// the denylist and the proof of a bound token. The cache holds no credential: an entry stands under what was signed, which by
/// itself opens nothing, and a keyed hash of the signature (SipHash-2-4, 128 bits), which nobody can find a second signature for
/// without the key.
pub(crate) struct TokenCache {
    key: [u8; 16],
    entries: Cache<Kept, Principal, Weight, BuildHasherDefault<Hashed>>,
}

/// What an entry stands under.
#[derive(Clone, PartialEq, Eq)]
struct Kept {
    signature: u128,
    signed: Box<[u8]>,
}

/// A token, as the cache looks for it.
#[derive(Clone, Copy)]
pub(crate) struct Presented<'t> {
    signature: u128,
    signed: &'t [u8],
}

impl Equivalent<Kept> for Presented<'_> {
    fn equivalent(&self, kept: &Kept) -> bool {
        self.signature == kept.signature && *self.signed == *kept.signed
    }
}

impl Hash for Kept {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u128(self.signature);
    }
}

impl Hash for Presented<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u128(self.signature);
    }
}

/// Takes what is a keyed hash already.
#[derive(Default)]
struct Hashed(u64);

impl Hasher for Hashed {
    fn write_u128(&mut self, hash: u128) {
        self.0 = hash as u64;
    }

    fn write(&mut self, bytes: &[u8]) {
        debug_assert!(false, "{} bytes that are no hash", bytes.len());
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// What an entry takes beside its texts, about: the principal and the cache's own book-keeping.
const ENTRY: u64 = 512;

#[derive(Clone)]
struct Weight;

impl Weighter<Kept, Principal> for Weight {
    fn weight(&self, kept: &Kept, principal: &Principal) -> u64 {
        let claims = principal.verified().claims.len();
        ENTRY + (claims + kept.signed.len()) as u64
    }
}

impl TokenCache {
    /// A cache of this size, with a key that only this process has.
    ///
    /// # Errors
    ///
    /// If the system has no random numbers.
    pub(crate) fn new(size: ByteSize) -> Result<Self, Unspecified> {
        let mut key = [0; 16];
        rand::fill(&mut key)?;
        let expected = usize::try_from(size.bytes() / (2 * ENTRY)).unwrap_or(usize::MAX);
        let entries = Cache::with(
            expected,
            size.bytes(),
            Weight,
            BuildHasherDefault::default(),
            DefaultLifecycle::default(),
        );
        Ok(Self { key, entries })
    }

    /// How the cache looks for this token: what was signed, to the letter, and a hash of the rest.
    pub(crate) fn presented<'t>(&self, token: &'t [u8]) -> Presented<'t> {
        let dot = memchr::memrchr(b'.', token).unwrap_or(0);
        let (signed, signature) = token.split_at(dot);
        let mut hasher = SipHasher24::new_with_key(&self.key);
        hasher.write(signature);
        Presented {
            signature: hasher.finish128().as_u128(),
            signed,
        }
    }

    pub(crate) fn get(&self, token: &Presented<'_>) -> Option<Principal> {
        self.entries.get(token)
    }

    pub(crate) fn insert(&self, token: Presented<'_>, principal: Principal) {
        let kept = Kept {
            signature: token.signature,
            signed: token.signed.into(),
        };
        self.entries.insert(kept, principal);
    }

    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(crate) fn remove(&self, token: &Presented<'_>) {
        self.entries.remove(token);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two processes have two keys, so what is known of one says nothing of the other.
    #[test]
    fn j_the_hash_of_a_signature_depends_on_the_key() {
        let size = ByteSize::parse("1MiB").unwrap();
        let [one, other] = [(); 2].map(|()| TokenCache::new(size).unwrap());
        assert_ne!(one.presented(b"a.b.c").signature, other.presented(b"a.b.c").signature);
    }
}
