use std::sync::Arc;

use super::header::Header;
use super::key::PreparedKey;

/// Keys of one issuer, as they stand at one time.
pub(crate) struct KeySet {
    pub(crate) keys: Vec<PreparedKey>,
    /// Another number for each other content: what was verified by an earlier set is verified again.
    pub(crate) generation: u64,
}

impl KeySet {
    /// A key counts if it has the header's algorithm, and the header's id or, where no key has that, none.
    pub(super) fn has_signed(&self, header: &Header<'_>, message: &[u8], signature: &[u8]) -> bool {
        let kid = header.kid.as_deref();
        let is_known = kid.is_some() && self.keys.iter().any(|key| key.id.as_deref() == kid);
        let candidates = self.keys.iter().filter(|key| match kid {
            None => true,
            Some(_) if is_known => key.id.as_deref() == kid,
            Some(_) => key.id.is_none(),
        });
        candidates
            .filter(|key| key.algorithm == header.alg)
            .any(|key| key.verifies(message, signature))
    }
}

/// Where an issuer's keys come from.
pub(crate) enum Keys {
    /// From the configuration.
    Fixed(Arc<KeySet>),
}

impl Keys {
    /// The keys, as they stand now. A token that names a `kid` which they lack may be the first sign of new ones.
    ///
    /// # Errors
    ///
    /// 503 if they cannot be had.
    pub(super) async fn current(&self, _kid: Option<&str>) -> Result<Arc<KeySet>, crate::Problem> {
        match self {
            Self::Fixed(keys) => Ok(Arc::clone(keys)),
        }
    }

    /// Waits for the first keys.
    ///
    /// # Errors
    ///
    /// Why they cannot be had.
    pub(super) async fn ready(&self) -> Result<(), String> {
        match self {
            Self::Fixed(_) => Ok(()),
        }
    }

    /// Which set [`current`](Self::current) would give without a `kid`; `None` while there is none.
    pub(super) fn generation(&self) -> Option<u64> {
        match self {
            Self::Fixed(keys) => Some(keys.generation),
        }
    }
}
