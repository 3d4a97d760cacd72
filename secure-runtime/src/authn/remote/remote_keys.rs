use std::sync::Arc;
use std::time::Duration;

use super::discovery::Issuer;
use super::fetch::Fetcher;
use super::key_set::DEFAULT_ALGORITHMS;
use super::key_source::{KeySource, Settings, Whereabouts};
use super::metadata::MetadataSource;
use super::outbound::Outbound;
use super::place::{Place, PlaceFault};
use crate::authn::jwt::SignatureAlgorithm;
use crate::clock::Clock;
use crate::startup::Fault;

/// Keys that the issuer publishes (RFC 7517), fetched over https and kept up to date while keys rotate.
///
/// ```
/// use secure_runtime::RemoteKeys;
/// use secure_runtime::jwt::SignatureAlgorithm;
///
/// let keys = RemoteKeys::discovered().algorithms([SignatureAlgorithm::Es256]);
/// ```
///
/// Defaults: the algorithms RS256, PS256, ES256, ES384 and EdDSA, where an RSA key that names none is for RS256; a set is
/// fresh for as long as its `Cache-Control: max-age` says, within 5 min and 24 h, or for 1 h; while it cannot be refreshed it
/// serves for 1 h longer; between two refreshes there are 30 s; a start-up waits 30 s for the first set.
///
/// # Security
///
/// A key that the issuer withdraws is accepted until its set is refreshed: for the set's freshness, and in an outage for
/// [`last_good`](Self::last_good) more.
#[derive(Clone, Debug)]
#[must_use = "it fetches nothing before a verifier has it"]
pub struct RemoteKeys {
    address: Option<String>,
    algorithms: Vec<SignatureAlgorithm>,
    last_good: Duration,
    cooldown: Duration,
    startup_wait: Duration,
    outbound: Outbound,
}

impl RemoteKeys {
    /// Where the issuer's own metadata says (RFC 8414, OpenID Connect Discovery). Both well-known addresses are tried, and
    /// the metadata counts only if its `issuer` is the configured one to the letter.
    pub fn discovered() -> Self {
        Self {
            address: None,
            algorithms: DEFAULT_ALGORITHMS.to_vec(),
            last_good: Duration::from_secs(3600),
            cooldown: Duration::from_secs(30),
            startup_wait: Duration::from_secs(30),
            outbound: Outbound::new(),
        }
    }

    /// At this address, for issuers without metadata. It is https, or http at a literal loopback address.
    pub fn at(jwks_uri: impl Into<String>) -> Self {
        Self {
            address: Some(jwks_uri.into()),
            ..Self::discovered()
        }
    }

    /// The algorithms that keys may be for. A key that names none is for the first of these that fits its type.
    pub fn algorithms(mut self, algorithms: impl IntoIterator<Item = SignatureAlgorithm>) -> Self {
        self.algorithms = algorithms.into_iter().collect();
        self
    }

    /// For how long a set still serves after its freshness, while no newer can be had; after that, requests with tokens are
    /// answered with 503. 1 h unless said otherwise, 24 h at most, and zero for not at all.
    pub fn last_good(mut self, time: Duration) -> Self {
        self.last_good = time;
        self
    }

    /// The time from the end of one refresh, good or not, to the next: so often can a token that names an unknown key make
    /// us ask. 30 s unless said otherwise; from 1 s to 5 min.
    pub fn cooldown(mut self, time: Duration) -> Self {
        self.cooldown = time;
        self
    }

    /// For how long a start-up tries to fetch the first set. 30 s unless said otherwise, 5 min at most.
    pub fn startup_wait(mut self, time: Duration) -> Self {
        self.startup_wait = time;
        self
    }

    /// How the issuer is called.
    pub fn outbound(mut self, outbound: Outbound) -> Self {
        self.outbound = outbound;
        self
    }

    /// The source of this issuer's keys; it has fetched nothing yet. `place` is what faults are said to be of. `None` if,
    /// and only if, there are faults.
    pub(crate) fn prepare(
        self,
        issuer: &str,
        place: &str,
        clock: &Clock,
        faults: &mut Vec<Fault>,
    ) -> Option<KeySource> {
        let before = faults.len();
        let fetcher = Fetcher::new(&self.outbound, place, faults);
        let mut fault = |fault: String, help: &str| faults.push(Fault::new(place, fault, help));
        let address = match &self.address {
            None => issuer_place(issuer, &mut fault),
            Some(address) => Place::parse(address)
                .map_err(|reason| fault(format!("the key set's address is refused: {reason}"), HTTPS))
                .ok(),
        };
        if self.algorithms.is_empty() {
            fault(
                "no algorithm is allowed, so every token would be refused".to_owned(),
                "name the issuer's, or leave them out for the defaults",
            );
        }
        let hour = Duration::from_secs(3600);
        for (is_fine, name) in [
            (self.last_good <= 24 * hour, "`last_good` is above 24 h"),
            (
                (Duration::from_secs(1)..=Duration::from_secs(300)).contains(&self.cooldown),
                "`cooldown` is below 1 s or above 5 min",
            ),
            (
                self.startup_wait <= Duration::from_secs(300),
                "`startup_wait` is above 5 min",
            ),
        ] {
            if !is_fine {
                fault(name.to_owned(), "leave it out for the default");
            }
        }
        let (fetcher, address) = (Arc::new(fetcher?), address?);
        let whereabouts = if self.address.is_some() {
            Whereabouts::Given(address)
        } else {
            let issuer = Issuer {
                id: issuer.to_owned(),
                place: address,
            };
            Whereabouts::Discovered(MetadataSource::new(issuer, Arc::clone(&fetcher), clock.clone()))
        };
        let settings = Settings {
            algorithms: self.algorithms,
            last_good: self.last_good,
            cooldown: self.cooldown,
            startup_wait: self.startup_wait,
        };
        (faults.len() == before)
            .then(|| KeySource::new(issuer.to_owned(), whereabouts, settings, fetcher, clock.clone()))
    }
}

pub(super) const HTTPS: &str = "use https; plain http is taken from `http://127.0.0.1` and `http://[::1]` only";

/// The place of an issuer whose metadata is asked for.
pub(super) fn issuer_place(issuer: &str, fault: &mut impl FnMut(String, &str)) -> Option<Place> {
    Place::of_issuer(issuer)
        .map_err(|reason| {
            let help = match reason {
                PlaceFault::Insecure => HTTPS,
                _ => "an issuer is an https URL without query and fragment (RFC 8414 §2)",
            };
            fault(format!("the issuer's metadata cannot be asked for: {reason}"), help);
        })
        .ok()
}
