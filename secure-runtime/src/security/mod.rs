//! The security of an application: what is said once for all endpoints.

mod addresses;
mod builder;
mod limits;
mod tightening;
#[cfg(feature = "config")]
mod written;

pub use builder::SecurityBuilder;
pub(crate) use tightening::Tightening;

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use secure_policy::{Access, Expr, Kind, Policy, Rate};

#[cfg(feature = "redis")]
use crate::authn::RedisDenylist;
use crate::authn::api_key::ApiKeyManager;
use crate::authn::{Denylist, IntoAuthenticator, Served};
use crate::describe::Description;
use crate::endpoint::{Endpoint, Protected};
use crate::gate::Required;
use crate::limit::{MountedLimit, Rules};
use crate::load::Slots;
use crate::metrics::Meters;
use crate::mounted::{Mounted, Prepared};
use crate::rules;
use crate::startup::{Fault, StartupFaults};

/// The security of an application, checked and ready for use. Cheap to clone.
#[derive(Clone)]
pub struct Security(pub(crate) Arc<Prepared>);

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
        let limits = self.limits_of(E::POLICY, &tightening);
        Protected::of(endpoint, self.mount(E::POLICY, &tightening, &limits))
    }

    /// The route of the [`ResourceMetadata`](crate::ResourceMetadata), for a plain axum router: `router.merge(security.metadata_router())`. Without them it
    /// is empty. [`SecureRouter`](crate::SecureRouter) serves it by itself.
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
        self.0.authenticators.denylist()
    }

    /// Tokens that all instances refuse before their time, where there is such a list
    /// ([`SecurityBuilder::shared_denylist`]).
    #[cfg(feature = "redis")]
    #[must_use]
    pub fn shared_denylist(&self) -> Option<&RedisDenylist> {
        self.0.authenticators.shared_denylist()
    }

    /// What issues, rotates, revokes and lists the API keys that are accepted here; `None` where none are.
    #[must_use]
    pub fn api_key_manager(&self) -> Option<ApiKeyManager> {
        self.0.authenticators.api_key_manager()
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
        faults.extend(self.0.limits.faults_of(policy, &tightening.rates));
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
            .filter(|pattern| !rules::pattern::is_readable(pattern));
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

    pub(crate) fn limits_of(&self, policy: &Policy, tightening: &Tightening) -> Vec<MountedLimit> {
        self.0.limits.of(policy, &tightening.rates)
    }

    /// The endpoint with all that can be known now. These are its [limits](Self::limits_of).
    pub(crate) fn mount(&self, policy: &'static Policy, tightening: &Tightening, limits: &[MountedLimit]) -> Mounted {
        let rates: Vec<Rate> = limits.iter().map(|limit| limit.effective).collect();
        let own_body = policy.max_body.unwrap_or(self.0.default_max_body);
        let tighter = |own: Duration, demanded: Option<Duration>| demanded.map_or(own, |max| max.min(own));
        let own_time = policy.timeout.unwrap_or(self.0.default_timeout);
        let own_body_time = policy.body_timeout.unwrap_or(self.0.default_body_timeout);
        // Where an address space is smaller than a u32, no more requests fit into it either.
        let slots = |max: NonZeroU32| Slots::new(usize::try_from(max.get()).unwrap_or(usize::MAX));
        Mounted {
            policy,
            security: Arc::clone(&self.0),
            rules: Rules::new(policy.endpoint, &rates),
            needs_caller: !tightening.scopes.is_empty() || matches!(policy.access, Access::Caller { .. }),
            demands: tightening.scopes.clone(),
            required: Required::by(policy),
            sender_constrained: policy.sender_constrained || tightening.sender_constrained,
            max_body: tightening.max_body.map_or(own_body, |max| max.min(own_body)),
            timeout: tighter(own_time, tightening.timeout),
            body_timeout: tighter(own_body_time, tightening.body_timeout),
            slots: policy.concurrency.map(slots),
            meters: Meters::of(policy.endpoint),
        }
    }
}

impl std::fmt::Debug for Security {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Security")
            .field("realm", &self.0.refusals.challenges.realm)
            .finish_non_exhaustive()
    }
}
