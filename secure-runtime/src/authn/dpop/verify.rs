use std::sync::Arc;
use std::time::Duration;

use aws_lc_rs::digest;
use axum::http::{HeaderMap, HeaderValue, Method};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::nonce::NonceKey;
use super::proof::{Claims, Proof};
use super::refused::Refused;
use super::replay::{MemoryReplay, ReplayStore};
use super::target::{Origin, normal};
use crate::authn::Unavailable;
use crate::authn::compact::read;
use crate::authn::digest::of_parts;
use crate::authn::jwt::SignatureAlgorithm;
use crate::clock::Clock;

/// The longest `jti` that is taken, in bytes.
const MAX_JTI: usize = 256;

/// How far the clocks of instances that share a store may differ, in seconds. By so much longer is a proof remembered.
const CLOCKS: f64 = 60.0;

/// What of a request a proof speaks about.
pub(crate) struct ProofRequest<'r> {
    pub(crate) headers: &'r HeaderMap,
    pub(crate) method: &'r Method,
    /// As it was received, escapes and all, without the query.
    pub(crate) path: &'r str,
}

/// A proof that holds.
#[derive(Debug)]
pub(crate) struct Accepted {
    /// `DPoP-Nonce` for the answer, which then must not be stored: the client's nonce is about to end (RFC 9449 §8.2).
    pub(crate) nonce: Option<HeaderValue>,
}

/// What proofs are checked against. See [`Dpop`](super::Dpop).
pub(crate) struct ProofVerifier {
    pub(super) origin: Origin,
    /// In seconds.
    pub(super) window: f64,
    pub(super) algorithms: Vec<SignatureAlgorithm>,
    pub(super) names: String,
    pub(super) nonces: Option<NonceKey>,
    pub(super) replay: Replay,
    pub(super) clock: Clock,
}

/// The one in the process answers at once.
pub(super) enum Replay {
    Memory(MemoryReplay),
    Store(Arc<dyn ReplayStore>),
}

impl ProofVerifier {
    /// Does the request prove that its sender has the key to which its token is bound? To be called once the token is verified;
    /// `jkt` is its `cnf.jkt`.
    ///
    /// The order is form, key, signature, claims, time, and last of all whether the proof was used before: only who has a valid
    /// token and its key can put anything into the store.
    ///
    /// # Errors
    ///
    /// Why not.
    pub(crate) async fn check(
        &self,
        request: &ProofRequest<'_>,
        token: &str,
        jkt: Option<&str>,
    ) -> Result<Accepted, Refused> {
        let jkt = jkt.ok_or(Refused::Token("the access token is not bound to a key"))?;
        let proof = Proof::read(request.headers, &self.algorithms).map_err(Refused::Proof)?;
        if proof.thumbprint != jkt {
            return Err(Refused::Token("the access token is bound to another key"));
        }
        let payload = proof.verified().map_err(Refused::Proof)?;
        let claims: Claims<'_> = read(&payload).ok_or(Refused::Proof(
            "the DPoP proof lacks a claim, or has one of the wrong type",
        ))?;
        let url = self.check_target(request, &claims).map_err(Refused::Proof)?;
        if claims.ath != URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, token.as_bytes())) {
            return Err(Refused::Proof("the DPoP proof is for another access token"));
        }
        if claims.jti.is_empty() || claims.jti.len() > MAX_JTI {
            return Err(Refused::Proof("the id of the DPoP proof is empty or too long"));
        }
        let now = self.clock.unix_seconds();
        let (until, nonce) = self.check_time(&claims, now)?;
        let key = of_parts(&[jkt, &claims.jti, &url]);
        match self.replay.first_use(&key, now, until).await {
            Ok(true) => Ok(Accepted { nonce }),
            Ok(false) => Err(Refused::Proof("the DPoP proof was used before")),
            Err(unavailable) => Err(Refused::Unavailable(unavailable)),
        }
    }

    /// `algs` of the challenge (RFC 9449 §7.1).
    pub(crate) fn algorithms(&self) -> &str {
        &self.names
    }

    /// `DPoP-Nonce` for a challenge to a request without any proof, so that its sender need not ask twice.
    pub(crate) fn nonce(&self) -> Option<HeaderValue> {
        self.nonces
            .as_ref()
            .map(|nonces| nonces.current(self.clock.unix_seconds()))
    }

    /// Method and URL (RFC 9449 §4.3, steps 8 and 9). The URL in its normal form.
    fn check_target(&self, request: &ProofRequest<'_>, claims: &Claims<'_>) -> Result<String, &'static str> {
        if claims.htm != request.method.as_str() {
            return Err("the DPoP proof is for another method");
        }
        let url = self.origin.url(request.path);
        url.filter(|url| normal(&claims.htu).as_ref() == Some(url))
            .ok_or("the DPoP proof is for another URL")
    }

    /// Until when the proof could be used, and the nonce that its sender should use next (RFC 9449 §4.3, steps 10 and 11).
    fn check_time(&self, claims: &Claims<'_>, now: f64) -> Result<(f64, Option<HeaderValue>), Refused> {
        if let Some(nonces) = &self.nonces {
            let current = || nonces.current(now);
            let known = claims.nonce.as_ref().and_then(|nonce| nonces.check(nonce, now));
            let known = known.ok_or_else(|| Refused::Nonce(current()))?;
            return Ok((known.until, known.is_old.then(current)));
        }
        let until = claims.iat.0 + self.window;
        if now > until {
            return Err(Refused::Proof("the DPoP proof is too old"));
        }
        if claims.iat.0 > now + self.window {
            return Err(Refused::Proof("the DPoP proof is from the future"));
        }
        Ok((until, None))
    }
}

impl Replay {
    async fn first_use(&self, key: &[u8; 32], now: f64, until: f64) -> Result<bool, Unavailable> {
        match self {
            Self::Memory(memory) => memory.first_use(key, until),
            Self::Store(store) => {
                let lifetime = Duration::try_from_secs_f64(until - now + CLOCKS).map_err(Unavailable::new)?;
                store.first_use(key, lifetime).await
            }
        }
    }
}
