//! Tokens that only their issuer can judge (RFC 7662).

mod active;
mod client;
mod introspector;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

pub(crate) use active::Active;
pub use client::ClientAuthentication;
pub(crate) use introspector::{Failure, Introspector};

use super::discovery::Issuer;
use super::fetch::Fetcher;
use super::metadata::MetadataSource;
use super::outbound::Outbound;
use super::place::Place;
use super::remote_keys::{HTTPS, issuer_place};
use crate::authn::jwt::{Layout, Place as ClaimPlace};
use crate::clock::Clock;
use crate::startup::Fault;
use active::Expectations;
use introspector::{Bounds, Whereabouts};

/// Opaque tokens of one issuer for one audience: the issuer is asked about each (RFC 7662).
///
/// ```
/// use secure_runtime::{ClientAuthentication, Introspection, Secret};
///
/// # let secret = String::new();
/// let introspection = Introspection::issuer("https://id.example.com")
///     .audience("https://api.example.com")
///     .client(ClientAuthentication::basic("my-api", Secret::new(secret)));
/// ```
///
/// Defaults: the endpoint is the one that the issuer's metadata names; an answer is cached for 60 s, and never past the
/// token's `exp`; a refusal for 10 s; at most 64 calls are under way; the leeway for clocks is 30 s; the answer has `aud`,
/// `exp`, `sub` and `client_id`.
///
/// # Security
///
/// While the issuer cannot be asked, the answer is 503: a token that cannot be judged is never taken for none. A token that
/// is revoked is accepted until its cached answer is over.
#[must_use = "it verifies nothing before a security has it"]
pub struct Introspection {
    pub(in crate::authn) issuer: String,
    /// Which members of an answer have roles and tenant.
    pub(in crate::authn) layout: Layout,
    audience: String,
    endpoint: Option<String>,
    client: Option<ClientAuthentication>,
    cache: Duration,
    cached_tokens: usize,
    calls: usize,
    leeway: Duration,
    without_audience: bool,
    without_client_id: bool,
    lifetime: Option<Duration>,
    outbound: Outbound,
}

/// An introspection that still lacks its audience. See [`Introspection::issuer`].
#[derive(Debug)]
pub struct IntrospectionIssuer(String);

impl IntrospectionIssuer {
    /// Our own identifier: the answer's `aud` must contain it, to the letter.
    pub fn audience(self, audience: impl Into<String>) -> Introspection {
        Introspection {
            issuer: self.0,
            layout: Layout::default(),
            audience: audience.into(),
            endpoint: None,
            client: None,
            cache: Duration::from_secs(60),
            cached_tokens: 10_000,
            calls: 64,
            leeway: Duration::from_secs(30),
            without_audience: false,
            without_client_id: false,
            lifetime: None,
            outbound: Outbound::new(),
        }
    }
}

impl Introspection {
    /// Who issues the tokens. Where the answer has `iss`, it must equal this, to the letter.
    #[must_use]
    pub fn issuer(issuer: impl Into<String>) -> IntrospectionIssuer {
        IntrospectionIssuer(issuer.into())
    }

    /// Who asks: the endpoint answers nobody else (RFC 7662 §2.1).
    pub fn client(mut self, client: ClientAuthentication) -> Self {
        self.client = Some(client);
        self
    }

    /// The endpoint, for issuers without metadata. It is https, or http at a literal loopback address.
    pub fn endpoint(mut self, url: impl Into<String>) -> Self {
        self.endpoint = Some(url.into());
        self
    }

    /// For how long an answer is good: so long can a revoked token still be accepted. 60 s unless said otherwise, which is
    /// also the most, and never past the token's `exp`; zero asks each time. A refusal is good for as long, but 10 s at
    /// most.
    pub fn cache(mut self, time: Duration) -> Self {
        self.cache = time;
        self
    }

    /// How many answers of less than 1 KiB are cached at most; a longer one takes the room of several. 10,000 unless said
    /// otherwise, 1,000,000 at most.
    pub fn cached_tokens(mut self, tokens: usize) -> Self {
        self.cached_tokens = tokens;
        self
    }

    /// How many calls may be under way; a token for which there is no room is answered with 503. 64 unless said otherwise,
    /// 1024 at most.
    pub fn calls(mut self, calls: usize) -> Self {
        self.calls = calls;
        self
    }

    /// How far the issuer's clock and ours may differ, for `exp`, `nbf` and `iat`. 30 s unless said otherwise, 5 min at most.
    pub fn leeway(mut self, leeway: Duration) -> Self {
        self.leeway = leeway;
        self
    }

    /// For issuers whose answers have no `aud`. One that is there must still contain the audience.
    ///
    /// # Security
    ///
    /// Every token of the issuer is then accepted here, whichever API it was issued for (RFC 7662 §4).
    pub fn without_audience(mut self) -> Self {
        self.without_audience = true;
        self
    }

    /// For issuers whose answers have no `client_id`.
    ///
    /// # Security
    ///
    /// A client that acts for itself can then not be told from a user of the same name (RFC 9700 §4.15).
    pub fn without_client_id(mut self) -> Self {
        self.without_client_id = true;
        self
    }

    /// For issuers whose answers have no `exp`: such a token is taken to expire this long after it was asked about.
    pub fn without_expiry(mut self, lifetime: Duration) -> Self {
        self.lifetime = Some(lifetime);
        self
    }

    /// The member of the answer that lists the user's roles, below the names of the objects that it stands in: `["roles"]` unless
    /// said otherwise.
    pub fn roles_at<N: Into<String>>(mut self, path: impl IntoIterator<Item = N>) -> Self {
        self.layout.roles = ClaimPlace(path.into_iter().map(Into::into).collect());
        self
    }

    /// The member of the answer that names the user's tenant, as a string; `tenant` unless said otherwise.
    pub fn tenant_claim(mut self, name: impl Into<String>) -> Self {
        self.layout.tenant = ClaimPlace::named(name);
        self
    }

    /// How the issuer is called.
    pub fn outbound(mut self, outbound: Outbound) -> Self {
        self.outbound = outbound;
        self
    }

    /// The introspector; it has asked nobody yet. `None` if, and only if, there are faults.
    pub(crate) fn prepare(self, clock: &Clock, faults: &mut Vec<Fault>) -> Option<Introspector> {
        let name = format!("Introspection::issuer({:?})", self.issuer);
        let before = faults.len();
        let fetcher = Fetcher::new(&self.outbound, &name, faults);
        let mut fault = |fault: String, help: &str| faults.push(Fault::new(&name, fault, help));
        let place = match &self.endpoint {
            None => issuer_place(&self.issuer, &mut fault),
            Some(endpoint) => Place::parse(endpoint)
                .map_err(|reason| fault(format!("the endpoint is refused: {reason}"), HTTPS))
                .ok(),
        };
        if self.client.is_none() {
            fault(
                "nobody is named who asks, and the endpoint answers nobody unknown".to_owned(),
                "add `.client(ClientAuthentication::basic(…))`",
            );
        }
        for (is_fine, text) in [
            (!self.issuer.is_empty(), "the issuer is empty"),
            (!self.audience.is_empty(), "the audience is empty"),
            (self.cache <= Duration::from_secs(60), "`cache` is above 60 s"),
            (
                (1..=1_000_000).contains(&self.cached_tokens),
                "`cached_tokens` is zero or above 1,000,000",
            ),
            ((1..=1024).contains(&self.calls), "`calls` is zero or above 1024"),
            (self.leeway <= Duration::from_secs(300), "a leeway above 5 min"),
            (
                self.client.as_ref().is_none_or(ClientAuthentication::is_sound),
                "the client that asks lacks its id, its secret or its token",
            ),
            (
                self.lifetime.is_none_or(|time| !time.is_zero()),
                "`without_expiry` gives tokens no time at all",
            ),
        ] {
            if !is_fine {
                fault(text.to_owned(), "see `Introspection` for what each option takes");
            }
        }
        let is_fine = faults.len() == before;
        let (fetcher, place, client) = (Arc::new(fetcher?), place?, self.client?);
        let whereabouts = if self.endpoint.is_some() {
            Whereabouts::Given(place)
        } else {
            let id = self.issuer.clone();
            let metadata = MetadataSource::new(Issuer { id, place }, Arc::clone(&fetcher), clock.clone());
            Whereabouts::Discovered(metadata)
        };
        let expectations = Expectations {
            issuer: self.issuer.into(),
            audience: self.audience,
            leeway: self.leeway.as_secs_f64(),
            needs_audience: !self.without_audience,
            needs_client_id: !self.without_client_id,
            lifetime: self.lifetime,
        };
        let bounds = Bounds {
            cache: self.cache,
            cached_tokens: self.cached_tokens,
            calls: self.calls,
        };
        let introspector =
            is_fine.then(|| Introspector::new(whereabouts, client, expectations, &bounds, fetcher, clock.clone()))?;
        if introspector.is_none() {
            faults.push(Fault::new(name, "the system has no random numbers", "mend the system"));
        }
        introspector
    }
}

/// Never the secret.
impl fmt::Debug for Introspection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Introspection")
            .field("issuer", &self.issuer)
            .field("audience", &self.audience)
            .finish_non_exhaustive()
    }
}
