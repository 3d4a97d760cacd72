use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use axum::http::HeaderName;
use axum::http::header::{AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION};

use super::form::Form;
use super::last_use::LastUse;
use super::manager::ApiKeyManager;
use super::pepper::{Pepper, Peppers};
use super::request::Places;
use super::store::ApiKeyStore;
use super::verify::Verifier;
use crate::clock::Clock;
use crate::startup::{Fault, StartupFaults};

/// A year.
const MAX_LIFETIME: Duration = Duration::from_secs(365 * 24 * 3600);
/// A key that lives longer is one without an end.
const LONGEST_LIFETIME: Duration = Duration::from_secs(10 * 365 * 24 * 3600);

/// Under these names a key is refused in a query, beside the name of the header.
const QUERY_NAMES: [&str; 5] = ["api_key", "api-key", "apikey", "x_api_key", "x-api-key"];

/// How the keys of an API look, where they are kept, and how requests bring them.
///
/// Nothing is checked before it is used: by [`manager`](Self::manager), to issue keys, and where credentials are accepted.
///
/// Defaults: keys begin with `key_`, come in the header `x-api-key`, and live for 365 days at most. Their clients are
/// subjects of the issuer `urn:secure:api-key`.
///
/// ```
/// use secure_runtime::api_key::{ApiKeys, MemoryStore, Pepper};
///
/// # let from_the_environment = [7; 32];
/// let keys = ApiKeys::new(MemoryStore::new(), Pepper::new("2026", from_the_environment))
///     .prefix("myapp")
///     .header("x-myapp-key");
/// ```
#[must_use = "it accepts no key by itself"]
pub struct ApiKeys {
    store: Arc<dyn ApiKeyStore>,
    pub(super) pepper: Pepper,
    older_peppers: Vec<Pepper>,
    prefix: String,
    header: String,
    query_names: Vec<String>,
    issuer: String,
    max_lifetime: Duration,
    clock: Clock,
}

/// What issuing and verifying share.
pub(super) struct Shared {
    pub(super) store: Arc<dyn ApiKeyStore>,
    pub(super) form: Form,
    pub(super) peppers: Peppers,
}

impl ApiKeys {
    /// Keys that are kept in `store`, and hashed with `pepper`.
    pub fn new(store: impl ApiKeyStore + 'static, pepper: Pepper) -> Self {
        Self {
            store: Arc::new(store),
            pepper,
            older_peppers: Vec::new(),
            prefix: "key".to_owned(),
            header: "x-api-key".to_owned(),
            query_names: QUERY_NAMES.map(str::to_owned).into(),
            issuer: "urn:secure:api-key".to_owned(),
            max_lifetime: MAX_LIFETIME,
            clock: Clock::default(),
        }
    }

    /// A pepper that keys were hashed with before; call it again for more. Keys are never hashed anew, since only their
    /// holders have them: leave an older pepper in until the last of its keys has expired.
    pub fn older_pepper(mut self, pepper: Pepper) -> Self {
        self.older_peppers.push(pepper);
        self
    }

    /// What keys begin with, so that people and scanners know them; `key` unless said otherwise. At most 24 lower-case
    /// letters and digits, a letter first, in groups with `_` between them.
    ///
    /// Another prefix makes another set of keys: those that were issued under the old one are refused.
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
        self
    }

    /// The header that brings the key, and nothing but the key; `x-api-key` unless said otherwise.
    pub fn header(mut self, name: impl Into<String>) -> Self {
        self.header = name.into();
        self
    }

    /// One more name of a query parameter under which a key is refused; upper and lower case are the same. `api_key`,
    /// `api-key`, `apikey`, `x_api_key`, `x-api-key` and the name of the header always are. A value that is a key, or has one
    /// in it, is refused whatever its name.
    pub fn query_name(mut self, name: impl Into<String>) -> Self {
        self.query_names.push(name.into());
        self
    }

    /// Whose subjects the clients are ([`Principal::issuer`](crate::Principal::issuer)); `urn:secure:api-key` unless said
    /// otherwise.
    ///
    /// # Security
    ///
    /// A subject is unique within its issuer only. Do not name an issuer of tokens here: a client would be taken for the
    /// subject of the same name.
    pub fn issuer(mut self, issuer: impl Into<String>) -> Self {
        self.issuer = issuer.into();
        self
    }

    /// The longest life of a key; 365 days unless said otherwise, ten years at most.
    pub fn max_lifetime(mut self, lifetime: Duration) -> Self {
        self.max_lifetime = lifetime;
        self
    }

    /// Another clock, for the manager. Requests are judged by the clock of the `Security`.
    #[cfg(feature = "testing")]
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// What issues, rotates, revokes and lists these keys.
    ///
    /// # Errors
    ///
    /// Every fault at once.
    pub fn manager(&self) -> Result<ApiKeyManager, StartupFaults> {
        let mut faults = Vec::new();
        let manager = self.check(&mut faults).map(|(shared, _)| ApiKeyManager {
            shared: Arc::new(shared),
            clock: self.clock.clone(),
            max_lifetime: self.max_lifetime,
        });
        manager.ok_or(StartupFaults::of(faults))
    }

    /// The verifier; every fault goes to `faults`.
    pub(crate) fn prepare(self, faults: &mut Vec<Fault>) -> Option<Verifier> {
        let (shared, places) = self.check(faults)?;
        Some(Verifier {
            uses: LastUse::of(&shared.store),
            shared: Arc::new(shared),
            places,
            issuer: self.issuer.into(),
            max_lifetime: self.max_lifetime,
            patience: Verifier::PATIENCE,
        })
    }

    /// `None` if, and only if, there are faults.
    fn check(&self, faults: &mut Vec<Fault>) -> Option<(Shared, Places)> {
        let place = format!("ApiKeys with the prefix {:?}", self.prefix);
        let before = faults.len();
        let peppers = Peppers::prepare(&self.pepper, &self.older_peppers, &place, faults);
        let mut fault = |fault: &str, help: &str| faults.push(Fault::new(&place, fault, help));
        let form = Form::new(&self.prefix);
        if form.is_none() {
            fault(
                "the prefix is not one",
                "use at most 24 lower-case letters and digits, a letter first, and `_` between groups of them",
            );
        }
        let header = HeaderName::try_from(&self.header).ok();
        if header.is_none() {
            fault("the header's name is not one", "use letters, digits and `-`");
        }
        if header
            .as_ref()
            .is_some_and(|name| [AUTHORIZATION, PROXY_AUTHORIZATION, COOKIE].contains(name))
        {
            fault(
                "this header has a meaning of its own",
                "use another, as `x-api-key`: a browser adds cookies by itself, and `Authorization` carries tokens",
            );
        }
        if self.query_names.iter().any(String::is_empty) {
            fault("a query parameter without a name", "name it, or leave it out");
        }
        if self.issuer.is_empty() {
            fault("the issuer is empty", "leave it out for `urn:secure:api-key`");
        }
        if self.max_lifetime.as_secs() == 0 || self.max_lifetime > LONGEST_LIFETIME {
            fault(
                "the longest life of a key is below a second or above ten years",
                "keys are rotated: a year is long",
            );
        }
        if faults.len() > before {
            return None;
        }
        let form = form?;
        let shared = Shared {
            store: Arc::clone(&self.store),
            form: form.clone(),
            peppers: peppers?,
        };
        Some((shared, Places::new(header?, &self.query_names, form)))
    }
}

impl fmt::Debug for ApiKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiKeys")
            .field("prefix", &self.prefix)
            .field("header", &self.header)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api_key::MemoryStore;

    fn keys() -> ApiKeys {
        ApiKeys::new(MemoryStore::new(), Pepper::new("a", [7; 32]))
    }

    #[test]
    fn every_fault_of_the_configuration_at_once() {
        assert!(keys().manager().is_ok() && keys().prepare(&mut Vec::new()).is_some());
        let bad = ApiKeys::new(MemoryStore::new(), Pepper::new("a", "short"))
            .older_pepper(Pepper::new("b", "short as well"))
            .prefix("My-App")
            .header("a b")
            .query_name("")
            .issuer("")
            .max_lifetime(Duration::ZERO);
        let shown = bad.manager().err().unwrap().to_string();
        assert!(shown.starts_with("7 faults"), "{shown}");
        assert!(!shown.contains("short"), "{shown}");
        let mut faults = Vec::new();
        assert!(bad.prepare(&mut faults).is_none());
        assert_eq!(faults.len(), 7);
    }

    #[test]
    fn a_key_has_a_header_of_its_own_and_an_end() {
        for header in ["authorization", "Cookie", "Proxy-Authorization", "", "x api", "x:key"] {
            assert!(keys().header(header).manager().is_err(), "{header:?}");
        }
        assert!(keys().header("X-MyApp-Key").manager().is_ok());
        assert!(keys().max_lifetime(LONGEST_LIFETIME).manager().is_ok());
        for lifetime in [Duration::from_millis(999), LONGEST_LIFETIME + Duration::from_secs(1)] {
            assert!(keys().max_lifetime(lifetime).manager().is_err(), "{lifetime:?}");
        }
    }
}
