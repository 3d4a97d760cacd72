use std::collections::BTreeMap;
use std::fmt;

use aws_lc_rs::digest;
use serde::Deserialize;
use serde_json::Value;

use crate::authn::jwk::Jwk;
use crate::authn::jwt::{KeySet, PreparedKey, SignatureAlgorithm};
use crate::json;

/// More keys than this are no key set that anybody rotates.
const MAX_KEYS: usize = 100;
/// As for the header of a token: a longer id could not be named.
const MAX_KID: usize = 256;

/// What keys of a remote issuer may be used for unless said otherwise. An RSA key that names no algorithm is for the first
/// that fits it, RS256.
pub(super) const DEFAULT_ALGORITHMS: [SignatureAlgorithm; 5] = [
    SignatureAlgorithm::Rs256,
    SignatureAlgorithm::Ps256,
    SignatureAlgorithm::Es256,
    SignatureAlgorithm::Es384,
    SignatureAlgorithm::EdDsa,
];

/// Why a document is no key set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeySetFault {
    Malformed,
    TooMany,
    /// There are keys, so many, and none is usable.
    NoneUsable(usize),
}

#[derive(Deserialize)]
struct Document {
    keys: Vec<Value>,
}

impl KeySet {
    /// Reads a set, and keeps of it what can verify a signature. `before` is the set until now, whose generation it keeps if
    /// the content is the same.
    ///
    /// A key of another kind is passed over, whatever is wrong with it. Two usable keys of one id are both passed over: a
    /// token that names it would be verified by whichever comes first.
    pub(in crate::authn::remote) fn read(
        text: &str,
        allowed: &[SignatureAlgorithm],
        before: Option<&Self>,
    ) -> Result<Self, KeySetFault> {
        let document: Document = json::from_str(text).map_err(|_| KeySetFault::Malformed)?;
        let found = document.keys.len();
        if found > MAX_KEYS {
            return Err(KeySetFault::TooMany);
        }
        let mut usable: Vec<Usable> = document
            .keys
            .iter()
            .filter_map(|key| Usable::of(key, allowed))
            .collect();
        let mut ids: BTreeMap<String, usize> = BTreeMap::new();
        for id in usable.iter().filter_map(|key| key.id.as_ref()) {
            *ids.entry(id.clone()).or_default() += 1;
        }
        let is_alone = |key: &Usable| key.id.as_ref().is_none_or(|id| ids.get(id) == Some(&1));
        usable.retain(is_alone);
        if usable.is_empty() {
            return Err(KeySetFault::NoneUsable(found));
        }
        if usable.len() < found {
            tracing::debug!(
                target: "secure::authn",
                found,
                usable = usable.len(),
                "keys of a set were passed over: of another kind, unsound, or with an id that two have"
            );
        }
        let content = content(&usable);
        let generation = before.map_or(0, |before| before.generation + u64::from(before.content != content));
        Ok(Self {
            keys: usable.into_iter().map(|usable| usable.key).collect(),
            generation,
            content,
        })
    }
}

struct Usable {
    id: Option<String>,
    /// What it is and what it is for, for comparison.
    print: String,
    key: PreparedKey,
}

impl Usable {
    fn of(value: &Value, allowed: &[SignatureAlgorithm]) -> Option<Self> {
        let jwk: Jwk = json::from_value(value)?;
        if jwk.is_private() || !jwk.is_for_signatures() {
            return None;
        }
        if jwk.kid.as_ref().is_some_and(|kid| kid.len() > MAX_KID) {
            return None;
        }
        let algorithm = jwk.algorithm(allowed)?;
        let key = jwk.key(algorithm)?;
        // Neither an algorithm nor a thumbprint has a space in it.
        let print = format!("{} {}", algorithm.name(), jwk.thumbprint()?);
        Some(Self {
            id: jwk.kid.clone(),
            print,
            key: PreparedKey::of(jwk.kid, algorithm, key),
        })
    }
}

/// A digest over the usable keys, in no order.
fn content(keys: &[Usable]) -> [u8; 32] {
    let mut lines: Vec<String> = keys.iter().map(|key| format!("{} {:?}\n", key.print, key.id)).collect();
    lines.sort();
    let digest = digest::digest(&digest::SHA256, lines.concat().as_bytes());
    let mut content = [0; 32];
    content.copy_from_slice(digest.as_ref());
    content
}

impl fmt::Debug for KeySet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeySet")
            .field("keys", &self.keys.len())
            .field("generation", &self.generation)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for KeySetFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed => f.write_str("it is no JSON Web Key Set, or has a member twice"),
            Self::TooMany => write!(f, "it has more than {MAX_KEYS} keys"),
            Self::NoneUsable(found) => write!(
                f,
                "none of its {found} keys is usable: public, for signatures, of an algorithm that is allowed, with an id of its own"
            ),
        }
    }
}
