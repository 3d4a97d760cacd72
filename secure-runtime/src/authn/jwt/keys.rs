use std::sync::Arc;

use super::key::PreparedKey;
use super::known::KnownHeader;
use crate::Problem;
use crate::authn::compact::Compact;
#[cfg(feature = "oauth")]
use crate::authn::{remote::KeySource, unavailable};

/// Keys of one issuer, as they stand at one time.
pub(crate) struct KeySet {
    pub(in crate::authn) keys: Vec<PreparedKey>,
    /// Another number for other content: what was verified by one set is verified again by the next.
    pub(in crate::authn) generation: u64,
    /// A digest over the keys that were fetched, in no order.
    #[cfg(feature = "oauth")]
    pub(in crate::authn) content: [u8; 32],
}

impl KeySet {
    /// Keys that never change.
    fn fixed(keys: Vec<PreparedKey>) -> Self {
        Self {
            keys,
            generation: 0,
            #[cfg(feature = "oauth")]
            content: [0; 32],
        }
    }

    /// A key counts if it has the header's algorithm, and the header's id or, where no key has that, none.
    pub(super) fn have_signed(&self, header: &KnownHeader, jws: &Compact<'_>) -> bool {
        let kid = header.key_id.as_deref();
        let is_known = kid.is_some_and(|kid| self.has(kid));
        let candidates = self.keys.iter().filter(|key| match kid {
            None => true,
            Some(_) if is_known => key.id.as_deref() == kid,
            Some(_) => key.id.is_none(),
        });
        candidates.filter(|key| *key.algorithm == *header.algorithm).any(|key| {
            let signature = jws.short_signature();
            signature.is_some_and(|signature| key.verifies(jws.signed.as_bytes(), &signature))
        })
    }

    /// Has a key this id?
    pub(in crate::authn) fn has(&self, kid: &str) -> bool {
        self.keys.iter().any(|key| key.id.as_deref() == Some(kid))
    }
}

/// Where an issuer's keys come from.
pub(crate) enum Keys {
    /// From the configuration.
    Fixed(Arc<KeySet>),
    /// From the issuer.
    #[cfg(feature = "oauth")]
    Published(KeySource),
}

impl Keys {
    pub(super) fn fixed(keys: Vec<PreparedKey>) -> Self {
        Self::Fixed(Arc::new(KeySet::fixed(keys)))
    }

    /// The keys, as they stand now. A token that names a `kid` which they lack may be the first sign of new ones.
    ///
    /// # Errors
    ///
    /// 503 if they cannot be had.
    #[cfg_attr(not(feature = "oauth"), expect(unused_variables, clippy::unused_async))]
    pub(super) async fn current(&self, kid: Option<&str>) -> Result<Arc<KeySet>, Problem> {
        match self {
            Self::Fixed(keys) => Ok(Arc::clone(keys)),
            #[cfg(feature = "oauth")]
            Self::Published(source) => source.keys(kid).await.map_err(unavailable),
        }
    }

    /// The same without waiting: `None` where they have to be fetched.
    #[cfg_attr(not(feature = "oauth"), expect(unused_variables))]
    pub(super) fn present(&self, kid: Option<&str>) -> Option<Arc<KeySet>> {
        match self {
            Self::Fixed(keys) => Some(Arc::clone(keys)),
            #[cfg(feature = "oauth")]
            Self::Published(source) => source.present(kid),
        }
    }

    /// Which keys those are, without waiting.
    pub(super) fn present_generation(&self) -> Option<u64> {
        match self {
            Self::Fixed(keys) => Some(keys.generation),
            #[cfg(feature = "oauth")]
            Self::Published(source) => source.present(None).map(|keys| keys.generation),
        }
    }

    /// Waits for the first keys.
    ///
    /// # Errors
    ///
    /// Why they cannot be had.
    #[cfg_attr(not(feature = "oauth"), expect(clippy::unused_async))]
    pub(super) async fn ready(&self) -> Result<(), String> {
        match self {
            Self::Fixed(_) => Ok(()),
            #[cfg(feature = "oauth")]
            Self::Published(source) => source.ready().await.map_err(|error| error.to_string()),
        }
    }
}
