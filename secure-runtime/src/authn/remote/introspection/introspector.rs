use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use aws_lc_rs::{hmac, rand};
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use zeroize::Zeroizing;

use super::active::{Active, Expectations, Refused};
use super::client::ClientAuthentication;
use crate::Problem;
use crate::authn::credential::{invalid, is_token68};
use crate::authn::remote::error::{RemoteError, What};
use crate::authn::remote::fetch::Fetcher;
use crate::authn::remote::flights::Flights;
use crate::authn::remote::metadata::MetadataSource;
use crate::authn::remote::place::Place;
use crate::authn::unavailable;
use crate::clock::Clock;

/// The longest token that anybody is asked about, in bytes.
const MAX_TOKEN: usize = 16 * 1024;
/// A refusal is good for no longer than this.
const LONGEST_REFUSAL: Duration = Duration::from_secs(10);

/// Asks an issuer about its tokens, once for each while the answer is good. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Introspector(Arc<Inner>);

/// Where the endpoint is.
pub(super) enum Whereabouts {
    Discovered(MetadataSource),
    Given(Place),
}

pub(super) struct Bounds {
    pub(super) cache: Duration,
    pub(super) cached_tokens: usize,
    pub(super) calls: usize,
}

struct Inner {
    whereabouts: Whereabouts,
    client: ClientAuthentication,
    expectations: Expectations,
    fetcher: Arc<Fetcher>,
    clock: Clock,
    /// Of this process alone: what is cached is found by nobody who has only the token.
    key: hmac::Key,
    good_for: Duration,
    cache: Cache<Digest, Cached, InKibibytes>,
    flights: Flights<Digest, Verdict>,
    calls: Arc<Semaphore>,
}

type Digest = [u8; 32];
type Verdict = Result<Arc<Active>, Failure>;

#[derive(Clone)]
struct Cached {
    verdict: Verdict,
    until: Duration,
}

/// What an answer takes of the cache: a long one the room of several.
#[derive(Clone)]
struct InKibibytes;

impl Weighter<Digest, Cached> for InKibibytes {
    fn weight(&self, _: &Digest, cached: &Cached) -> u64 {
        let bytes = cached.verdict.as_ref().map_or(0, |active| active.claims.len());
        1 + bytes as u64 / 1024
    }
}

/// Why there is no active token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// 401 `invalid_token`, with what the client learns.
    Invalid(&'static str),
    /// 503.
    Unavailable(RemoteError),
}

impl Introspector {
    /// `None` if there are no random numbers.
    pub(super) fn new(
        whereabouts: Whereabouts,
        client: ClientAuthentication,
        expectations: Expectations,
        bounds: &Bounds,
        fetcher: Arc<Fetcher>,
        clock: Clock,
    ) -> Option<Self> {
        let key = hmac::Key::generate(hmac::HMAC_SHA256, &rand::SystemRandom::new()).ok()?;
        Some(Self(Arc::new(Inner {
            whereabouts,
            client,
            expectations,
            fetcher,
            clock,
            key,
            good_for: bounds.cache,
            cache: Cache::with_weighter(bounds.cached_tokens, bounds.cached_tokens as u64, InKibibytes),
            flights: Flights::new(),
            calls: Arc::new(Semaphore::new(bounds.calls)),
        })))
    }

    /// What the issuer says of this token.
    ///
    /// # Errors
    ///
    /// The token is not good, or nobody can tell now.
    pub(crate) async fn introspect(&self, token: &str) -> Verdict {
        if token.len() > MAX_TOKEN || !is_token68(token) {
            return Err(Failure::Invalid("the access token is malformed"));
        }
        let digest = self.0.digest(token);
        if let Some(verdict) = self.0.cached(&digest) {
            return verdict;
        }
        let flight = self.0.flights.join(digest, || {
            // It may have landed between the look and the lock.
            if let Some(verdict) = self.0.cached(&digest) {
                return Err(verdict);
            }
            let permit = Arc::clone(&self.0.calls).try_acquire_owned();
            let permit = permit.map_err(|_| Err(Failure::Unavailable(RemoteError::Busy)))?;
            Ok(self.clone().ask(digest, Zeroizing::new(token.to_owned()), permit))
        });
        match flight {
            Err(verdict) => verdict,
            Ok(flight) => flight
                .landed()
                .await
                .unwrap_or(Err(Failure::Unavailable(RemoteError::Stopped))),
        }
    }

    async fn ask(self, digest: Digest, token: Zeroizing<String>, _permit: OwnedSemaphorePermit) -> Verdict {
        let answer = self.0.call(&token).await.map_err(Failure::Unavailable)?;
        let now = self.0.clock.unix_seconds();
        let verdict = match self.0.expectations.read(&answer, now) {
            Ok(active) => Ok(Arc::new(active)),
            Err(Refused::Token(why)) => Err(Failure::Invalid(why)),
            Err(Refused::Answer) => return Err(Failure::Unavailable(RemoteError::Malformed(What::Introspection))),
        };
        self.0.keep(digest, &verdict);
        verdict
    }
}

impl Inner {
    fn digest(&self, token: &str) -> Digest {
        let mut digest = [0; 32];
        digest.copy_from_slice(hmac::sign(&self.key, token.as_bytes()).as_ref());
        digest
    }

    async fn call(&self, token: &str) -> Result<String, RemoteError> {
        let place = match &self.whereabouts {
            Whereabouts::Given(place) => place.clone(),
            Whereabouts::Discovered(metadata) => metadata.place(What::Introspection).await?,
        };
        let (header, form) = (self.client.header(), self.client.form(token));
        let answer = self.fetcher.post(&place, header, form).await;
        answer.map(|answer| answer.body).map_err(|fault| {
            if let Whereabouts::Discovered(metadata) = &self.whereabouts {
                metadata.doubt();
            }
            RemoteError::Fetch(What::Introspection, fault)
        })
    }

    /// What is known of it, if it still holds: an active token never past its `exp`.
    fn cached(&self, digest: &Digest) -> Option<Verdict> {
        let cached = self.cache.get(digest)?;
        let holds = self.clock.monotonic() < cached.until
            && cached
                .verdict
                .as_ref()
                .map_or(true, |active| self.clock.unix_seconds() < active.expires_at);
        holds.then_some(cached.verdict)
    }

    fn keep(&self, digest: Digest, verdict: &Verdict) {
        let good_for = match verdict {
            Ok(_) => self.good_for,
            Err(_) => self.good_for.min(LONGEST_REFUSAL),
        };
        if !good_for.is_zero() {
            let until = self.clock.monotonic().saturating_add(good_for);
            let verdict = verdict.clone();
            self.cache.insert(digest, Cached { verdict, until });
        }
    }
}

impl Failure {
    // No `From`: rustc would name it to whoever writes an error type of their own.
    pub(crate) fn into_problem(self) -> Problem {
        match self {
            Self::Invalid(description) => invalid(description),
            Self::Unavailable(cause) => unavailable(cause),
        }
    }
}

impl fmt::Debug for Introspector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Introspector")
            .field("issuer", &self.0.expectations.issuer)
            .finish_non_exhaustive()
    }
}
