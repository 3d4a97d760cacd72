//! JSON Web Tokens as access tokens (RFC 7519, RFC 9068), by the best current practice of RFC 8725.

mod algorithm;
mod claims;
mod header;
mod key;
mod keys;
mod known;
mod layout;
mod presets;
mod verify;

use std::time::Duration;

pub(super) use algorithm::Family;
pub use algorithm::{MacAlgorithm, SignatureAlgorithm};
#[cfg(feature = "oauth")]
pub(super) use claims::Audience;
pub(super) use claims::NumericDate;
pub use key::Key;
pub(super) use key::PreparedKey;
#[cfg(feature = "oauth")]
pub(super) use keys::KeySet;
pub(crate) use keys::Keys;
pub(super) use layout::{Layout, Place};
pub use presets::Preset;
use presets::Profile;
pub(crate) use verify::{Surroundings, Verifier};

#[cfg(feature = "oauth")]
use crate::RemoteKeys;
use crate::clock::Clock;
use crate::startup::Fault;

/// Tokens of one issuer for one audience.
///
/// Issuer and audience are asked for before anything else, so a verifier without them cannot be written:
///
/// ```
/// use secure_runtime::jwt::{Jwt, Key, MacAlgorithm};
///
/// let jwt = Jwt::issuer("https://id.example.com")
///     .audience("https://api.example.com")
///     .key(Key::secret(MacAlgorithm::Hs256, *b"a secret of at least 32 bytes, please"));
/// ```
///
/// Defaults: tokens follow RFC 9068 (`typ` is `at+jwt`, and `iss`, `exp`, `aud`, `sub`, `client_id`, `iat`, `jti` are
/// present), the leeway for clocks is 30 s, roles are read from the claim `roles`, the tenant from `tenant`.
#[derive(Debug)]
pub struct Jwt {
    issuer: String,
    audiences: Vec<String>,
    keys: Vec<Key>,
    #[cfg(feature = "oauth")]
    published: Option<RemoteKeys>,
    leeway: Duration,
    legacy: bool,
    layout: Layout,
}

/// A verifier that still lacks its audience. See [`Jwt::issuer`].
#[derive(Debug)]
pub struct JwtIssuer(String);

impl JwtIssuer {
    /// Our own identifier: the token's `aud` must contain it, to the letter (RFC 9068 §4).
    #[must_use]
    pub fn audience(self, audience: impl Into<String>) -> Jwt {
        Jwt {
            issuer: self.0,
            audiences: vec![audience.into()],
            keys: Vec::new(),
            #[cfg(feature = "oauth")]
            published: None,
            leeway: Duration::from_secs(30),
            legacy: false,
            layout: Layout::default(),
        }
    }
}

impl Jwt {
    /// Who signs the tokens: `iss` must equal it, to the letter (RFC 9068 §4).
    #[must_use]
    pub fn issuer(issuer: impl Into<String>) -> JwtIssuer {
        JwtIssuer(issuer.into())
    }

    /// Another identifier of ours: `aud` must contain one of them.
    #[must_use]
    pub fn or_audience(mut self, audience: impl Into<String>) -> Self {
        self.audiences.push(audience.into());
        self
    }

    /// A key of this issuer; call it again for more, as while keys rotate.
    #[must_use]
    pub fn key(mut self, key: Key) -> Self {
        self.keys.push(key);
        self
    }

    /// The keys that the issuer publishes, found by its metadata (RFC 8414, OpenID Connect Discovery) and kept up to date. The
    /// same as `.published_keys(RemoteKeys::discovered())`. Needs the feature `oauth`.
    #[cfg(feature = "oauth")]
    #[must_use]
    pub fn discover(self) -> Self {
        self.published_keys(RemoteKeys::discovered())
    }

    /// The keys that the issuer publishes, with options. Needs the feature `oauth`.
    #[cfg(feature = "oauth")]
    #[must_use]
    pub fn published_keys(mut self, keys: RemoteKeys) -> Self {
        self.published = Some(keys);
        self
    }

    /// For an issuer that writes its tokens in a way of its own. It replaces what was said of claims before, and of what kind
    /// tokens are. The claims that this issuer always writes must be there; the client's id is one of them.
    #[must_use]
    pub fn preset(mut self, preset: Preset) -> Self {
        let dialect = preset.dialect();
        self.legacy = dialect.profile == Profile::Legacy;
        self.layout = Layout::of(dialect);
        self
    }

    /// How far the issuer's clock and ours may differ, for `exp`, `nbf` and `iat`. 30 s unless said otherwise, 5 min at most.
    #[must_use]
    pub fn leeway(mut self, leeway: Duration) -> Self {
        self.leeway = leeway;
        self
    }

    /// For issuers that predate RFC 9068: `typ` may also be `JWT` or absent, and `client_id`, `iat` and `jti` may be
    /// absent.
    ///
    /// # Security
    ///
    /// Without a `typ` of its own, an access token is told from an ID token by its audience and claims alone. Tokens
    /// with the claims of ID tokens, logout tokens and security events are refused.
    #[must_use]
    pub fn legacy_tokens(mut self) -> Self {
        self.legacy = true;
        self
    }

    /// The claim that lists the user's roles, as an array of strings; `roles` unless said otherwise.
    #[must_use]
    pub fn roles_claim(mut self, name: impl Into<String>) -> Self {
        self.layout.roles = Place::named(name);
        self
    }

    /// The same, for a list inside other claims: `["realm_access", "roles"]`.
    #[must_use]
    pub fn roles_at<N: Into<String>>(mut self, path: impl IntoIterator<Item = N>) -> Self {
        self.layout.roles = Place(path.into_iter().map(Into::into).collect());
        self
    }

    /// The claim that has the scopes, as one text with spaces or as a list of texts; `scope` unless said otherwise
    /// (RFC 8693 §4.2), which must be a text.
    #[must_use]
    pub fn scope_claim(mut self, name: impl Into<String>) -> Self {
        self.layout.scope = Place::named(name);
        self.layout.scope_may_be_list = true;
        self
    }

    /// The claim that names the OAuth client, as a string; `client_id` unless said otherwise (RFC 9068 §2.2).
    #[must_use]
    pub fn client_id_claim(mut self, name: impl Into<String>) -> Self {
        self.layout.client_id = vec![Place::named(name)];
        self
    }

    /// The claim that is compared with the audience, as a string, for issuers whose access tokens have no `aud`.
    ///
    /// # Security
    ///
    /// `aud` is then not looked at. Name a claim that tells our tokens from those for others.
    #[must_use]
    pub fn audience_claim(mut self, name: impl Into<String>) -> Self {
        self.layout.audience = Some(Place::named(name));
        self
    }

    /// The claim that names the user's tenant, as a string; `tenant` unless said otherwise.
    #[must_use]
    pub fn tenant_claim(mut self, name: impl Into<String>) -> Self {
        self.layout.tenant = Place::named(name);
        self
    }

    /// The verifier, with its keys parsed; every fault goes to `faults`.
    #[cfg_attr(not(feature = "oauth"), expect(unused_variables))]
    pub(crate) fn prepare(self, clock: &Clock, faults: &mut Vec<Fault>) -> Option<Verifier> {
        let place = format!("Jwt::issuer({:?})", self.issuer);
        let before = faults.len();
        let mut fault = |fault: &str, help: &str| faults.push(Fault::new(&place, fault, help));
        if self.issuer.is_empty() {
            fault(
                "the issuer is empty",
                "name the authorization server, as its tokens do in `iss`",
            );
        }
        if self.audiences.iter().any(String::is_empty) {
            fault("the audience is empty", "name this API, as its tokens do in `aud`");
        }
        if self.leeway > Duration::from_secs(300) {
            fault("a leeway above 5 min", "mend the clocks, and keep the leeway short");
        }
        #[cfg(feature = "oauth")]
        if self.published.is_some() && !self.keys.is_empty() {
            fault(
                "there are keys of the configuration beside those that the issuer publishes",
                "leave out one of the two: a key that the issuer took back would go on counting here",
            );
        }
        #[cfg(feature = "oauth")]
        let needs_keys = self.published.is_none();
        #[cfg(not(feature = "oauth"))]
        let needs_keys = true;
        if self.keys.is_empty() && needs_keys {
            fault(
                "there is no key, so every token would be refused",
                "add one with `.key(…)`, or take those that the issuer publishes with `.discover()`",
            );
        }
        let mut seen: Vec<&str> = Vec::new();
        for kid in self.keys.iter().filter_map(Key::id) {
            if seen.contains(&kid) {
                fault(
                    &format!("two keys have the id {kid:?}"),
                    "give each key an id of its own",
                );
            }
            seen.push(kid);
        }
        let keys: Vec<_> = self
            .keys
            .into_iter()
            .enumerate()
            .filter_map(|(i, key)| match key.prepare() {
                Ok(key) => Some(key),
                Err((fault, help)) => {
                    faults.push(Fault::new(format!("{place}, key {}", i + 1), fault, help));
                    None
                }
            })
            .collect();
        #[cfg(feature = "oauth")]
        let published = self
            .published
            .map(|keys| keys.prepare(&self.issuer, &place, clock, faults));
        #[cfg(feature = "oauth")]
        let keys = match published {
            Some(source) => source.map(Keys::Published),
            None => Some(Keys::fixed(keys)),
        };
        #[cfg(not(feature = "oauth"))]
        let keys = Some(Keys::fixed(keys));
        if faults.len() > before {
            return None;
        }
        Some(Verifier {
            issuer: self.issuer.into(),
            audiences: self.audiences,
            keys: keys?,
            known: known::KnownHeaders::default(),
            leeway: self.leeway.as_secs_f64(),
            legacy: self.legacy,
            layout: self.layout,
            users_own: false,
            index: 0,
        })
    }
}
