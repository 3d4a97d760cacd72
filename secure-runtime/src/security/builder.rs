use std::sync::Arc;

use secure_policy::{ByteSize, Scope, parse_time};

use super::Security;
use crate::address::AddressSettings;
use crate::audit::AuditLines;
#[cfg(feature = "redis")]
use crate::authn::RedisDenylist;
#[cfg(feature = "mtls")]
use crate::authn::certificate::ClientCertHeader;
use crate::authn::dpop::Dpop;
use crate::authn::{Authenticator, Facts, IntoAuthenticator, Options, ResourceMetadata, quotable};
use crate::authz::RoleHierarchy;
use crate::clock::Clock;
use crate::gate::Template;
use crate::limit::LimitOptions;
use crate::load::Slots;
use crate::mounted::Prepared;
use crate::problem::Refusals;
use crate::startup::{Fault, Placed, StartupFaults};

/// The security of an application, as written. Nothing is checked before it is built, so that all faults come at once:
/// give it to [`SecureRouter::new`](crate::SecureRouter::new), or call [`build`](Self::build) for a plain axum router.
#[derive(Debug)]
#[must_use = "it secures nothing before it is given to a router or built"]
pub struct SecurityBuilder {
    pub(super) accepted: Vec<Placed<Authenticator>>,
    token_cache: Option<String>,
    owners: Option<Vec<String>>,
    pub(super) metadata: Option<Placed<ResourceMetadata>>,
    pub(super) dpop: Option<Placed<Dpop>>,
    #[cfg(feature = "mtls")]
    pub(super) client_cert_header: Option<Placed<ClientCertHeader>>,
    #[cfg(feature = "redis")]
    shared_denylist: Option<RedisDenylist>,
    pub(super) addresses: AddressSettings,
    realm: String,
    roles: RoleHierarchy,
    scopes: Option<&'static [Scope]>,
    default_max_body: String,
    default_timeout: String,
    default_body_timeout: String,
    max_concurrency: usize,
    max_head: usize,
    pub(super) limits: LimitOptions,
    clock: Clock,
    audit_lines: Option<AuditLines>,
    /// What was found before it is built.
    pub(super) faults: Vec<Fault>,
}

impl SecurityBuilder {
    /// Without a way in; with what was found so far.
    pub(crate) fn empty(faults: Vec<Fault>) -> Self {
        Self {
            accepted: Vec::new(),
            token_cache: Some("16MiB".to_owned()),
            owners: None,
            metadata: None,
            dpop: None,
            #[cfg(feature = "mtls")]
            client_cert_header: None,
            #[cfg(feature = "redis")]
            shared_denylist: None,
            addresses: AddressSettings::default(),
            realm: "api".to_owned(),
            roles: RoleHierarchy::new(),
            scopes: None,
            default_max_body: "1MiB".to_owned(),
            default_timeout: "30s".to_owned(),
            default_body_timeout: "10s".to_owned(),
            max_concurrency: 10_000,
            max_head: 32 * 1024,
            limits: LimitOptions::default(),
            clock: Clock::default(),
            audit_lines: None,
            faults,
        }
    }

    /// The `realm` of challenges; `api` unless said otherwise.
    pub fn realm(mut self, realm: impl Into<String>) -> Self {
        self.realm = realm.into();
        self
    }

    /// Another way in, beside those that were named before: another issuer, for instance. A request has one credential, and
    /// only the way in that it is for decides about it.
    pub fn accept(mut self, another: impl IntoAuthenticator) -> Self {
        self.accepted.push(Placed::in_code(another.into_authenticator()));
        self
    }

    /// Whose users own objects, where several issuers are accepted: `owner` then compares nobody else's subject. Issuers are
    /// written as they were accepted.
    ///
    /// # Security
    ///
    /// A subject is unique within its issuer only (RFC 7519 §4.1.2). Name several issuers only if one name means one user in all
    /// of them.
    pub fn owners_from<I: Into<String>>(mut self, issuers: impl IntoIterator<Item = I>) -> Self {
        self.owners = Some(issuers.into_iter().map(Into::into).collect());
        self
    }

    /// Takes access tokens that are bound to a key, with the proof of it (RFC 9449). Without it, such tokens are refused.
    pub fn dpop(mut self, dpop: Dpop) -> Self {
        self.dpop = Some(Placed::in_code(dpop));
        self
    }

    /// Believes these proxies when they say which certificate a client has (RFC 9440). Without it, the header is not looked at.
    #[cfg(feature = "mtls")]
    pub fn client_cert_header(mut self, header: ClientCertHeader) -> Self {
        self.client_cert_header = Some(Placed::in_code(header));
        self
    }

    /// A list of revoked tokens that several instances share, asked for each request beside the one in the process
    /// ([`Security::denylist`]). While it cannot be asked, requests with a credential are answered with 503.
    #[cfg(feature = "redis")]
    pub fn shared_denylist(mut self, list: RedisDenylist) -> Self {
        self.shared_denylist = Some(list);
        self
    }

    /// How much memory the cache of verified tokens may take, about; `16MiB` unless said otherwise.
    ///
    /// It spares the signature of a token that was seen before. Only who the caller is is kept, under what was signed and a keyed
    /// hash of the signature, of which the signature cannot be made: expiry, denylist, the issuer's keys, scopes, owners and limits are checked for each request.
    pub fn token_cache(mut self, size: impl Into<String>) -> Self {
        self.token_cache = Some(size.into());
        self
    }

    /// Without a cache: each token's signature is verified for each request.
    pub fn without_token_cache(mut self) -> Self {
        self.token_cache = None;
        self
    }

    /// Serves what clients need to know of this API, and names it in every challenge (RFC 9728). Not served unless said so.
    pub fn resource_metadata(mut self, metadata: ResourceMetadata) -> Self {
        self.metadata = Some(Placed::in_code(metadata));
        self
    }

    /// Which roles there are, and which include which.
    pub fn roles(mut self, roles: RoleHierarchy) -> Self {
        self.roles = roles;
        self
    }

    /// The whole vocabulary of scopes, as [`scopes!`](crate::scopes) declares it: an endpoint or a router that asks for
    /// another keeps the application from starting. Without it, scopes are compared as they are.
    pub fn scopes(mut self, scopes: &'static [Scope]) -> Self {
        self.scopes = Some(scopes);
        self
    }

    /// The largest body of endpoints that name no `max_body`; `1MiB` unless said otherwise.
    pub fn default_max_body(mut self, size: impl Into<String>) -> Self {
        self.default_max_body = size.into();
        self
    }

    /// The longest time for an answer of endpoints that name no `timeout`; `30s` unless said otherwise.
    pub fn default_timeout(mut self, time: impl Into<String>) -> Self {
        self.default_timeout = time.into();
        self
    }

    /// The longest time for a body to come, from when it is first asked for to its end, of endpoints that name no
    /// `body_timeout`; `10s` unless said otherwise. The answer is then 408, and the connection is closed.
    pub fn default_body_timeout(mut self, time: impl Into<String>) -> Self {
        self.default_body_timeout = time.into();
        self
    }

    /// How many requests may be under way at once, over all endpoints; 10,000 unless said otherwise. The next is answered
    /// with 503 and `Retry-After` at once, before anything is asked about its credential.
    ///
    /// A request is under way until its answer is made, or, where that is a stream, until it ends. Choose as many as the
    /// process can answer in time, beside the streams that it keeps open.
    pub fn max_concurrency(mut self, requests: usize) -> Self {
        self.max_concurrency = requests;
        self
    }

    /// The largest head of a request, names and values together, in bytes; 32 KiB unless said otherwise.
    ///
    /// [`Server`](crate::Server) reads 16 KiB more, for the request line and what stands between them, and answers what is longer
    /// with a bare 431.
    pub fn max_head(mut self, bytes: usize) -> Self {
        self.max_head = bytes;
        self
    }

    /// Writes each audit event as a line of JSON, beside the event of the `tracing` crate. Default: no lines.
    pub fn audit_lines(mut self, lines: AuditLines) -> Self {
        self.audit_lines = Some(lines);
        self
    }

    /// Another clock.
    #[cfg(feature = "testing")]
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Checks everything.
    ///
    /// # Errors
    ///
    /// Every fault at once.
    pub fn build(self) -> Result<Security, StartupFaults> {
        let mut faults = Vec::new();
        let security = self.prepare(&mut faults);
        security.ok_or(StartupFaults::of(faults))
    }

    /// `None` if, and only if, there are faults.
    pub(crate) fn prepare(self, faults: &mut Vec<Fault>) -> Option<Security> {
        if self.accepted.is_empty() && self.faults.is_empty() {
            faults.push(Fault::new(
                "SecurityBuilder",
                "there is no way in, so every caller would be refused",
                "say whose tokens are accepted, as in `[[jwt]]`",
            ));
        }
        faults.extend(self.faults);
        let roles = self.roles.prepare(faults);
        if !quotable(&self.realm) {
            faults.push(Fault::new(
                "SecurityBuilder::realm",
                "the realm cannot stand in a header",
                "use printable ASCII without `\"` and `\\`",
            ));
        }
        if [self.max_head, self.max_concurrency].contains(&0) {
            faults.push(Fault::new(
                "SecurityBuilder",
                "`max_head` and `max_concurrency` must be above zero",
                "leave them out for the defaults",
            ));
        }
        let headers = Template::new(self.limits.families);
        let limits = self.limits.prepare(&self.clock, faults);
        let default_max_body = ByteSize::parse(&self.default_max_body)
            .map_err(|error| faults.push(Fault::policy("SecurityBuilder::default_max_body", &error)))
            .ok();
        let mut parsed = |option: &str, text: &str| {
            let time = parse_time(text);
            time.map_err(|error| faults.push(Fault::policy(format!("SecurityBuilder::{option}"), &error)))
                .ok()
        };
        let default_timeout = parsed("default_timeout", &self.default_timeout);
        let default_body_timeout = parsed("default_body_timeout", &self.default_body_timeout);
        let cache = self.token_cache.as_deref().map(ByteSize::parse).transpose();
        let cache = cache
            .map_err(|error| faults.push(Fault::policy("SecurityBuilder::token_cache", &error)))
            .ok()
            .flatten();
        let options = Options {
            accepted: self.accepted,
            owners: self.owners,
            dpop: self.dpop,
            #[cfg(feature = "mtls")]
            client_cert_header: self.client_cert_header,
            #[cfg(feature = "redis")]
            shared_denylist: self.shared_denylist,
            roles,
            clock: self.clock.clone(),
            cache,
        };
        let authenticators = options.prepare(faults);
        let scopes = self
            .scopes
            .unwrap_or_default()
            .iter()
            .map(|scope| scope.as_str().to_owned());
        let facts = authenticators
            .as_ref()
            .map_or_else(Facts::default, |authenticators| authenticators.facts(scopes.collect()));
        let metadata = self
            .metadata
            .and_then(|metadata| metadata.prepare(faults, |metadata, faults| metadata.prepare(&facts, faults)));
        let addresses = self.addresses.prepare(faults);
        if !faults.is_empty() {
            return None;
        }
        let authenticators = authenticators?;
        let address = metadata.as_ref().map(|served| served.address.clone());
        Some(Security(Arc::new(Prepared {
            addresses: addresses?,
            refusals: Refusals::new(authenticators.challenges(self.realm, address)),
            authenticators,
            scopes: self.scopes,
            metadata,
            limits: limits?,
            headers,
            max_head: self.max_head,
            default_max_body: default_max_body?,
            default_timeout: default_timeout?,
            default_body_timeout: default_body_timeout?,
            load: Slots::new(self.max_concurrency),
            clock: self.clock,
            audit_lines: self.audit_lines,
        })))
    }
}
