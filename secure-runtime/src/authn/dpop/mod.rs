//! Tokens that are bound to a key of their sender (DPoP, RFC 9449).

mod nonce;
mod proof;
mod refused;
mod replay;
#[cfg(feature = "redis")]
mod replay_redis;
mod target;
#[cfg(test)]
mod tests;
mod verify;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

pub use nonce::Nonces;
pub(crate) use refused::{Refused, check_bearer};
pub use replay::{FirstUse, ReplayStore};
#[cfg(feature = "redis")]
pub use replay_redis::RedisReplay;
pub(crate) use verify::{ProofRequest, ProofVerifier};

use super::jwt::SignatureAlgorithm;
use crate::clock::Clock;
use crate::startup::Fault;
use replay::MemoryReplay;
use target::Origin;
use verify::Replay;

/// Access tokens that count only together with a proof of the key that they are bound to: `Authorization: DPoP …` and
/// `DPoP: …` (RFC 9449).
///
/// ```
/// use secure_runtime::dpop::Dpop;
///
/// let dpop = Dpop::new("https://api.example.com");
/// ```
///
/// Defaults: a proof is taken from 60 s before to 60 s after its `iat`, and once; it is signed by ES256, ES384, EdDSA, PS256 or
/// RS256; no nonce is asked for.
pub struct Dpop {
    origin: String,
    window: Duration,
    algorithms: Vec<SignatureAlgorithm>,
    nonces: Option<Nonces>,
    replay: Option<Arc<dyn ReplayStore>>,
    capacity: usize,
}

impl Dpop {
    /// Proofs for the API that clients reach by this URL: scheme, host and port, and the path's prefix if a proxy strips one.
    ///
    /// It has to be `https`, but on a loopback host.
    ///
    /// # Security
    ///
    /// A proof names the URL that it is for (`htu`). It is compared with this one and never with the header `Host`, which is the
    /// sender's own word.
    #[must_use]
    pub fn new(origin: impl Into<String>) -> Self {
        Self {
            origin: origin.into(),
            window: Duration::from_secs(60),
            algorithms: vec![
                SignatureAlgorithm::Es256,
                SignatureAlgorithm::Es384,
                SignatureAlgorithm::EdDsa,
                SignatureAlgorithm::Ps256,
                SignatureAlgorithm::Rs256,
            ],
            nonces: None,
            replay: None,
            capacity: 1_000_000,
        }
    }

    /// How far a proof's `iat` may lie before or after our time (RFC 9449 §11.1). 60 s unless said otherwise, 1 s to 10 min.
    #[must_use]
    pub fn window(mut self, window: Duration) -> Self {
        self.window = window;
        self
    }

    /// The algorithms that proofs may be signed by. There are only such with a key pair.
    #[must_use]
    pub fn algorithms(mut self, algorithms: &[SignatureAlgorithm]) -> Self {
        self.algorithms = algorithms.to_vec();
        self
    }

    /// Proofs must repeat a nonce of ours (RFC 9449 §9): nobody can make them ahead of time, and the nonce's time counts in
    /// place of `iat`, so the client's clock may be wrong. Off unless called.
    #[must_use]
    pub fn nonces(mut self, nonces: Nonces) -> Self {
        self.nonces = Some(nonces);
        self
    }

    /// Where used proofs are remembered; in the process unless said otherwise. Several instances need one store for all, or
    /// each of them takes a proof once.
    #[must_use]
    pub fn replay(mut self, store: impl ReplayStore + 'static) -> Self {
        self.replay = Some(Arc::new(store));
        self
    }

    /// How many used proofs are remembered in the process at most: 1,000,000 unless said otherwise, at about 60 bytes each,
    /// taken as they come. When it is full of proofs that could be used again, requests are answered with 503.
    #[must_use]
    pub fn replay_capacity(mut self, proofs: usize) -> Self {
        self.capacity = proofs;
        self
    }

    /// What checks proofs; every fault goes to `faults`.
    pub(crate) fn prepare(self, clock: &Clock, faults: &mut Vec<Fault>) -> Option<ProofVerifier> {
        let place = format!("Dpop::new({:?})", self.origin);
        let before = faults.len();
        let origin = Origin::parse(&self.origin);
        if origin.is_none() {
            faults.push(Fault::new(
                &place,
                "this is not a URL by which clients reach the API",
                "write `https://`, the host, and the prefix of the path if a proxy strips one; `http` on loopback only",
            ));
        }
        if !(1..=600).contains(&self.window.as_secs()) {
            faults.push(Fault::new(
                &place,
                "a window below 1 s or above 10 min",
                "leave it out for 60 s; for clients with wrong clocks ask for nonces",
            ));
        }
        if self.algorithms.is_empty() {
            faults.push(Fault::new(
                &place,
                "there is no algorithm, so every proof would be refused",
                "leave `.algorithms(…)` out for the defaults",
            ));
        }
        if self.capacity == 0 {
            faults.push(Fault::new(
                &place,
                "a replay capacity of zero, so every request would be refused",
                "leave it out for 1,000,000",
            ));
        }
        let nonces = self.nonces.map(|nonces| nonces.prepare(&place, faults));
        if faults.len() != before {
            return None;
        }
        let names: Vec<_> = self.algorithms.iter().map(|algorithm| algorithm.name()).collect();
        Some(ProofVerifier {
            origin: origin?,
            window: self.window.as_secs_f64(),
            names: names.join(" "),
            algorithms: self.algorithms,
            nonces: nonces.flatten(),
            replay: match self.replay {
                Some(store) => Replay::Store(store),
                None => Replay::Memory(MemoryReplay::new(self.capacity, clock.clone())),
            },
            clock: clock.clone(),
        })
    }
}

impl fmt::Debug for Dpop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dpop")
            .field("origin", &self.origin)
            .field("window", &self.window)
            .field("algorithms", &self.algorithms)
            .field("nonces", &self.nonces)
            .finish_non_exhaustive()
    }
}
