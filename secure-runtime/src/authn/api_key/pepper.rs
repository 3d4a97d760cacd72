use std::fmt;

use aws_lc_rs::hmac;

use super::record::Digest;
use crate::Secret;
use crate::startup::Fault;

/// The shortest pepper, in bytes: as many as the hash has.
const MIN_SECRET: usize = 32;

/// A secret that every stored key is hashed with, kept apart from the store.
///
/// Whoever reads the store then learns nothing that can be tried out, and whoever writes to it cannot make a key. Each
/// record names its pepper by id, so a new one can be put first while older ones still verify: see
/// [`ApiKeys::older_pepper`](super::ApiKeys::older_pepper).
///
/// `Debug` shows the id alone.
pub struct Pepper {
    id: String,
    secret: Secret<Vec<u8>>,
}

impl Pepper {
    /// A pepper of at least 32 random bytes, as from `openssl rand 32`. Its id is 1 to 32 letters, digits, `-` and `_`.
    #[must_use]
    pub fn new(id: impl Into<String>, secret: impl Into<Vec<u8>>) -> Self {
        Self {
            id: id.into(),
            secret: Secret::new(secret.into()),
        }
    }
}

impl fmt::Debug for Pepper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pepper").field("id", &self.id).finish_non_exhaustive()
    }
}

/// The peppers of a set of keys: the current one, and those that older keys were hashed with.
pub(super) struct Peppers {
    current: Prepared,
    older: Vec<Prepared>,
}

struct Prepared {
    id: Box<str>,
    key: hmac::Key,
}

impl Peppers {
    pub(super) fn prepare(current: &Pepper, older: &[Pepper], place: &str, faults: &mut Vec<Fault>) -> Option<Self> {
        let before = faults.len();
        let mut seen: Vec<&Pepper> = Vec::new();
        for pepper in std::iter::once(current).chain(older) {
            let mut fault = |fault: String, help: &str| {
                faults.push(Fault::new(format!("{place}, pepper {:?}", pepper.id), fault, help));
            };
            let bytes = pepper.secret.expose().len();
            if bytes < MIN_SECRET {
                fault(
                    format!("has {bytes} bytes, and HMAC-SHA-256 needs {MIN_SECRET} or more"),
                    "generate one, as with `openssl rand -base64 32`",
                );
            }
            if !is_id(&pepper.id) {
                fault(
                    "its id cannot stand in a record".to_owned(),
                    "use 1 to 32 letters, digits, `-` and `_`",
                );
            }
            if seen.iter().any(|other| other.id == pepper.id) {
                fault(
                    "two peppers have this id".to_owned(),
                    "give each pepper an id of its own, as the year of its making",
                );
            }
            seen.push(pepper);
        }
        let prepared = |pepper: &Pepper| Prepared {
            id: pepper.id.as_str().into(),
            key: hmac::Key::new(hmac::HMAC_SHA256, pepper.secret.expose()),
        };
        (faults.len() == before).then(|| Self {
            current: prepared(current),
            older: older.iter().map(prepared).collect(),
        })
    }

    /// What is stored of a key, and the id of the pepper.
    pub(super) fn digest(&self, key: &str) -> (String, Digest) {
        let tag = hmac::sign(&self.current.key, key.as_bytes());
        let mut digest = [0; 32];
        digest.copy_from_slice(tag.as_ref());
        (self.current.id.to_string(), Digest::from_bytes(digest))
    }

    /// Was this stored of that key? The same work is done whatever the answer is, and MACs are compared in constant time.
    pub(super) fn verify(&self, key: &str, stored: Option<(&str, &Digest)>) -> bool {
        let nothing = Digest::from_bytes([0; 32]);
        let pepper = stored.and_then(|(id, _)| self.find(id));
        let digest = stored.map_or(&nothing, |(_, digest)| digest);
        let matches = hmac::verify(&pepper.unwrap_or(&self.current).key, key.as_bytes(), digest.as_bytes());
        matches.is_ok() && pepper.is_some()
    }

    fn find(&self, id: &str) -> Option<&Prepared> {
        std::iter::once(&self.current)
            .chain(&self.older)
            .find(|pepper| *pepper.id == *id)
    }
}

fn is_id(id: &str) -> bool {
    (1..=32).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn peppers(current: (&str, u8), older: &[(&str, u8)]) -> Peppers {
        let pepper = |(id, byte): (&str, u8)| Pepper::new(id, [byte; 32]);
        let older: Vec<_> = older.iter().copied().map(pepper).collect();
        let mut faults = Vec::new();
        let peppers = Peppers::prepare(&pepper(current), &older, "ApiKeys", &mut faults);
        assert!(faults.is_empty(), "{faults:?}");
        peppers.unwrap()
    }

    #[test]
    fn p1_a_key_verifies_with_the_pepper_that_its_record_names() {
        let old = peppers(("a", 1), &[]);
        let both = peppers(("b", 2), &[("a", 1)]);
        let (id, digest) = old.digest("key");
        assert_eq!(id, "a");
        assert_eq!(both.digest("key").0, "b");
        assert!(both.verify("key", Some((&id, &digest))));
        assert!(!both.verify("kez", Some((&id, &digest))));
        assert!(!both.verify("key", Some(("b", &digest))));
        assert!(!both.verify("key", None));
        let (_, current) = both.digest("key");
        assert!(both.verify("key", Some(("b", &current))) && !both.verify("key", Some(("c", &current))));
        // Retired: with its pepper, every key that was hashed with it ends.
        let new = peppers(("b", 2), &[]);
        assert!(!new.verify("key", Some((&id, &digest))));
        // The same id over another secret is another pepper.
        assert!(!peppers(("a", 3), &[]).verify("key", Some((&id, &digest))));
    }

    #[test]
    fn j22_every_bit_of_the_mac_counts() {
        let peppers = peppers(("a", 1), &[]);
        let (id, digest) = peppers.digest("key");
        for bit in 0..256 {
            let mut bytes = *digest.as_bytes();
            bytes[bit / 8] ^= 1 << (bit % 8);
            let other = Digest::from_bytes(bytes);
            assert!(other != digest && !peppers.verify("key", Some((&id, &other))), "{bit}");
        }
        assert!(digest == Digest::from_bytes(*digest.as_bytes()));
    }

    #[test]
    fn p1_what_is_stored_is_hmac_sha_256() {
        // RFC 4231 §4.2. Its key has 20 bytes; HMAC itself fills a short key up with zeros (RFC 2104 §2).
        let mut key = vec![0x0b; 20];
        key.resize(32, 0);
        let mut faults = Vec::new();
        let peppers = Peppers::prepare(&Pepper::new("a", key), &[], "ApiKeys", &mut faults).unwrap();
        let (_, digest) = peppers.digest("Hi There");
        let hex: String = digest.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    }

    #[test]
    fn an_unfit_pepper_keeps_the_application_from_starting() {
        let faults_of = |current: Pepper, older: &[Pepper]| {
            let mut faults = Vec::new();
            assert!(Peppers::prepare(&current, older, "ApiKeys", &mut faults).is_none());
            faults.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        let secret = "short and secret";
        let faults = faults_of(
            Pepper::new("a", secret),
            &[Pepper::new("a", [0; 31]), Pepper::new("", [0; 32])],
        );
        assert_eq!(faults.len(), 4, "{faults:?}");
        assert!(faults[0].contains("16 bytes") && !faults.concat().contains(secret));
        assert_eq!(faults_of(Pepper::new("ü", [0; 32]), &[]).len(), 1);
        assert!(!format!("{:?}", Pepper::new("a", secret)).contains("115"));
    }
}
