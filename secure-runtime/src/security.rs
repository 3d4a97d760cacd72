use std::sync::Arc;
use std::time::Duration;

use secure_policy::{Access, ByteSize, Expr, Kind, Policy, Rate, Scope, parse_time};

use crate::authn::{
    Authenticator, Authenticators, Challenges, Denylist, Facts, IntoAuthenticator, Options, ResourceMetadata, Served,
    quotable,
};
use crate::authz::RoleHierarchy;
use crate::clock::Clock;
use crate::describe::Description;
use crate::endpoint::{Endpoint, Protected};
use crate::limit::{Failures, Rules, Store};
use crate::metrics::Meters;
use crate::mounted::{Mounted, Prepared};
use crate::rules;
use crate::startup::{Fault, StartupFaults};

/// The security of an application, checked and ready for use. Cheap to clone.
#[derive(Clone)]
pub struct Security(pub(crate) Arc<Prepared>);

/// The security of an application, as written. Nothing is checked before it is built, so that all faults come at once:
/// give it to [`SecureRouter::new`](crate::SecureRouter::new), or call [`build`](Self::build) for a plain axum router.
#[derive(Debug)]
#[must_use = "it secures nothing before it is given to a router or built"]
pub struct SecurityBuilder {
    accepted: Vec<Authenticator>,
    token_cache: Option<String>,
    metadata: Option<ResourceMetadata>,
    realm: String,
    roles: RoleHierarchy,
    scopes: Option<&'static [Scope]>,
    default_rate: String,
    default_max_body: String,
    default_timeout: String,
    failure_rate: String,
    max_head: usize,
    limiter_capacity: usize,
    clock: Clock,
    /// What was found before it is built.
    faults: Vec<Fault>,
}

impl Security {
    /// Starts with the first way in which callers prove who they are, such as a [`Jwt`](crate::jwt::Jwt).
    pub fn builder(first: impl IntoAuthenticator) -> SecurityBuilder {
        SecurityBuilder::empty(Vec::new()).accept(first)
    }

    /// Starts with what a file says, in TOML, or in JSON where its name ends in `.json`. Needs the feature `config`.
    ///
    /// Every option of [`SecurityBuilder`] can stand there; unknown ones are faults. A text may come from elsewhere, as
    /// `{ env = "NAME" }` or `{ file = "path" }`, where paths are relative to the file; a secret must. Every fault is
    /// reported, with its line, when the builder is built. The book has the list of options.
    #[cfg(feature = "config")]
    pub fn from_config(path: impl AsRef<std::path::Path>) -> SecurityBuilder {
        crate::config::read(path.as_ref())
    }

    /// An endpoint as an axum handler, for a plain axum router: `get(security.protect(get_profile))`.
    ///
    /// Serve that router with `into_make_service_with_connect_info::<SocketAddr>()`: a request whose address is unknown
    /// is refused with 500, since its limits could not be counted.
    ///
    /// # Security
    ///
    /// There is no start-up check here: a role that the hierarchy does not declare is one that nobody has, so such an
    /// endpoint refuses everybody, and says so in the log once. [`SecureRouter`](crate::SecureRouter) does not start.
    #[must_use]
    pub fn protect<E: Endpoint>(&self, endpoint: E) -> Protected<E> {
        let tightening = Tightening::default();
        for fault in self.faults_of(E::POLICY, E::describe, &tightening) {
            tracing::error!(target: "secure::startup", "{fault}");
        }
        Protected::of(endpoint, self.mount(E::POLICY, &tightening))
    }

    /// The route of the [`ResourceMetadata`], for a plain axum router: `router.merge(security.metadata_router())`. Without them it
    /// is empty. [`SecureRouter`](crate::SecureRouter) serves it by itself.
    #[must_use]
    pub fn metadata_router<S: Clone + Send + Sync + 'static>(&self) -> axum::Router<S> {
        self.0.metadata.as_ref().map_or_else(axum::Router::new, Served::router)
    }

    /// Makes ready what has to be fetched before a request can be answered: the keys of issuers that are discovered.
    ///
    /// [`serve`](crate::serve) calls it. Where it is not called, the first request that needs the keys fetches them.
    ///
    /// # Errors
    ///
    /// Every issuer whose keys cannot be had.
    pub async fn ready(&self) -> Result<(), StartupFaults> {
        let mut faults = Vec::new();
        self.0.authenticators.ready(&mut faults).await;
        if faults.is_empty() {
            Ok(())
        } else {
            Err(StartupFaults::of(faults))
        }
    }

    /// Tokens that are refused before their time.
    #[must_use]
    pub fn denylist(&self) -> &Denylist {
        &self.0.authenticators.denylist
    }

    /// What keeps an endpoint from being mounted.
    pub(crate) fn faults_of(
        &self,
        policy: &Policy,
        describe: fn(&mut Description),
        tightening: &Tightening,
    ) -> Vec<Fault> {
        let place = format!("endpoint `{}`", policy.endpoint);
        let mut faults = self.faults_of_members(&place, describe);
        if let Access::Caller { role: Some(role), .. } = &policy.access {
            for name in self.0.authenticators.roles().undeclared(role) {
                let fault = format!("asks for the role {name:?}, which the hierarchy does not declare");
                faults.push(Fault::new(
                    &place,
                    fault,
                    "declare it with `RoleHierarchy::role`, or correct its name",
                ));
            }
        }
        for name in self.undeclared_scopes(policy, tightening) {
            let fault = format!("asks for the scope {name:?}, which the vocabulary does not declare");
            faults.push(Fault::new(
                &place,
                fault,
                "declare it with `scopes!`, or correct its name",
            ));
        }
        faults
    }

    /// Scopes and roles that members of inputs and outputs ask for: a misspelt one would hide a member from everybody. And
    /// patterns that could only refuse.
    fn faults_of_members(&self, place: &str, describe: fn(&mut Description)) -> Vec<Fault> {
        let description = Description::of(describe);
        let scopes = description
            .names(Kind::Scope)
            .into_iter()
            .filter(|name| !self.declares_scope(name));
        let scopes = scopes.map(|name| (name, "scope", "the vocabulary", "`scopes!`"));
        let roles = description
            .names(Kind::Role)
            .into_iter()
            .filter(|name| !self.0.authenticators.roles().declares(name));
        let roles = roles.map(|name| (name, "role", "the hierarchy", "`RoleHierarchy::role`"));
        let faults = scopes.chain(roles).map(|(name, kind, list, with)| {
            let fault =
                format!("a member of its input or answer asks for the {kind} {name:?}, which {list} does not declare");
            Fault::new(place, fault, format!("declare it with {with}, or correct its name"))
        });
        let unreadable = description
            .patterns()
            .into_iter()
            .filter(|pattern| rules::pattern::compile(pattern).is_none());
        let unreadable = unreadable.map(|pattern| {
            let fault = format!("a member of its input has the pattern {pattern:?}, which is too large to be checked");
            Fault::new(
                place,
                fault,
                "repeat less in it, and bound the text with `length(max = …)`",
            )
        });
        faults.chain(unreadable).collect()
    }

    fn declares_scope(&self, name: &str) -> bool {
        let declared = self.0.scopes;
        declared.is_none_or(|declared| declared.iter().any(|scope| scope.as_str() == name))
    }

    fn undeclared_scopes<'p>(&self, policy: &'p Policy, tightening: &'p Tightening) -> Vec<&'p str> {
        let own = match &policy.access {
            Access::Caller { scope, .. } => scope.as_ref(),
            Access::Public { .. } | Access::Optional => None,
        };
        let alternatives = policy.bindings.iter().filter_map(|binding| binding.or_scope.as_ref());
        let all = own.into_iter().chain(alternatives).chain(&tightening.scopes);
        let names = all.flat_map(Expr::names);
        names.filter(|name| !self.declares_scope(name)).collect()
    }

    /// The endpoint with all that can be known now.
    pub(crate) fn mount(&self, policy: &'static Policy, tightening: &Tightening) -> Mounted {
        let own = if policy.rates.is_empty() {
            std::slice::from_ref(&self.0.default_rate)
        } else {
            policy.rates
        };
        let rates: Vec<Rate> = own.iter().chain(&tightening.rates).copied().collect();
        let own_body = policy.max_body.unwrap_or(self.0.default_max_body);
        let own_time = policy.timeout.unwrap_or(self.0.default_timeout);
        Mounted {
            policy,
            security: Arc::clone(&self.0),
            rules: Rules::new(&rates, &self.0.store, &self.0.clock),
            demands: tightening.scopes.clone(),
            sender_constrained: policy.sender_constrained || tightening.sender_constrained,
            max_body: tightening.max_body.map_or(own_body, |max| max.min(own_body)),
            timeout: tightening.timeout.map_or(own_time, |max| max.min(own_time)),
            meters: Arc::new(Meters::of(policy.endpoint)),
        }
    }
}

impl std::fmt::Debug for Security {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Security")
            .field("realm", &self.0.challenges.realm)
            .finish_non_exhaustive()
    }
}

/// What the routers around an endpoint demand beside its own policy. It can only grow stricter on the way in.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tightening {
    pub(crate) scopes: Vec<Expr>,
    pub(crate) rates: Vec<Rate>,
    pub(crate) max_body: Option<ByteSize>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) sender_constrained: bool,
}

impl Tightening {
    /// Both hold.
    pub(crate) fn add(&mut self, other: &Self) {
        fn tighter<T: Ord + Copy>(a: Option<T>, b: Option<T>) -> Option<T> {
            a.into_iter().chain(b).min()
        }
        self.scopes.extend(other.scopes.iter().cloned());
        self.rates.extend(&other.rates);
        self.max_body = tighter(self.max_body, other.max_body);
        self.timeout = tighter(self.timeout, other.timeout);
        self.sender_constrained |= other.sender_constrained;
    }
}

impl SecurityBuilder {
    /// Without a way in; with what was found so far.
    pub(crate) fn empty(faults: Vec<Fault>) -> Self {
        Self {
            accepted: Vec::new(),
            token_cache: Some("16MiB".to_owned()),
            metadata: None,
            realm: "api".to_owned(),
            roles: RoleHierarchy::new(),
            scopes: None,
            default_rate: "300/min".to_owned(),
            default_max_body: "1MiB".to_owned(),
            default_timeout: "30s".to_owned(),
            failure_rate: "30/min".to_owned(),
            max_head: 32 * 1024,
            limiter_capacity: 100_000,
            clock: Clock::default(),
            faults,
        }
    }

    #[cfg(feature = "config")]
    pub(crate) fn with_faults(mut self, faults: Vec<Fault>) -> Self {
        self.faults.extend(faults);
        self
    }

    /// The `realm` of challenges; `api` unless said otherwise.
    pub fn realm(mut self, realm: impl Into<String>) -> Self {
        self.realm = realm.into();
        self
    }

    /// Another way in, beside those that were named before: another issuer, for instance. A request has one credential, and
    /// only the way in that it is for decides about it.
    pub fn accept(mut self, another: impl IntoAuthenticator) -> Self {
        self.accepted.push(another.into_authenticator());
        self
    }

    /// How much memory the cache of verified tokens may take, about; `16MiB` unless said otherwise.
    ///
    /// It spares the signature of a token that was seen before. Only who the caller is is kept, under a keyed hash of the
    /// token: expiry, denylist, the issuer's keys, scopes, owners and limits are checked for each request.
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
        self.metadata = Some(metadata);
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

    /// The limit of endpoints that name none; `300/min` per caller unless said otherwise.
    pub fn default_rate(mut self, rate: impl Into<String>) -> Self {
        self.default_rate = rate.into();
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

    /// How many credentials that do not verify one address may send before the answer is 429 and not 401; `30/min` unless
    /// said otherwise.
    pub fn failed_authentication_rate(mut self, rate: impl Into<String>) -> Self {
        self.failure_rate = rate.into();
        self
    }

    /// The largest head of a request, names and values together, in bytes; 32 KiB unless said otherwise.
    pub fn max_head(mut self, bytes: usize) -> Self {
        self.max_head = bytes;
        self
    }

    /// How many buckets the limits keep at most, over all endpoints; 100,000 unless said otherwise, at 17 bytes each.
    /// When there is no room, the bucket that is nearest to full gives way.
    pub fn limiter_capacity(mut self, buckets: usize) -> Self {
        self.limiter_capacity = buckets;
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
        if self.limiter_capacity == 0 || self.max_head == 0 {
            faults.push(Fault::new(
                "SecurityBuilder",
                "`limiter_capacity` and `max_head` must be above zero",
                "leave them out for the defaults",
            ));
        }
        let mut parsed = |option: &str, text: &str| {
            let rate = Rate::parse(text);
            rate.map_err(|error| faults.push(Fault::policy(format!("SecurityBuilder::{option}"), &error)))
                .ok()
        };
        let default_rate = parsed("default_rate", &self.default_rate);
        let failure_rate = parsed("failed_authentication_rate", &self.failure_rate);
        let default_max_body = ByteSize::parse(&self.default_max_body)
            .map_err(|error| faults.push(Fault::policy("SecurityBuilder::default_max_body", &error)))
            .ok();
        let default_timeout = parse_time(&self.default_timeout)
            .map_err(|error| faults.push(Fault::policy("SecurityBuilder::default_timeout", &error)))
            .ok();
        let cache = self.token_cache.as_deref().map(ByteSize::parse).transpose();
        let cache = cache
            .map_err(|error| faults.push(Fault::policy("SecurityBuilder::token_cache", &error)))
            .ok()
            .flatten();
        let options = Options {
            accepted: self.accepted,
            roles,
            clock: self.clock.clone(),
            cache,
        };
        let authenticators = Authenticators::prepare(options, faults);
        let scopes = self
            .scopes
            .unwrap_or_default()
            .iter()
            .map(|scope| scope.as_str().to_owned());
        let facts = authenticators
            .as_ref()
            .map_or_else(Facts::default, |authenticators| authenticators.facts(scopes.collect()));
        let metadata = self.metadata.and_then(|metadata| metadata.prepare(&facts, faults));
        let store = Store::new(self.limiter_capacity);
        if !faults.is_empty() {
            return None;
        }
        Some(Security(Arc::new(Prepared {
            authenticators: authenticators?,
            scopes: self.scopes,
            challenges: Challenges {
                realm: self.realm,
                resource_metadata: metadata.as_ref().map(|served| served.address.clone()),
                ..Challenges::unnamed()
            },
            metadata,
            failures: Failures::new(failure_rate?, &store, &self.clock),
            max_head: self.max_head,
            default_rate: default_rate?,
            default_max_body: default_max_body?,
            default_timeout: default_timeout?,
            clock: self.clock,
            store,
        })))
    }
}
