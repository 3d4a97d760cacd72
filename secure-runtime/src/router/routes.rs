use std::marker::PhantomData;

use secure_policy::{ByteSize, Expr, Kind, ParseError, PathTemplate, Rate, parse_time};

use super::entry::{Entry, Listed, Unrouted};
use super::method::IntoEndpointMethods;
use super::mount::{Anyone, Callers, IntoRoutes, Mount};
use crate::security::Tightening;
use crate::startup::Fault;

/// Secured endpoints, before there is a [`Security`](crate::Security): what a module of an application offers.
///
/// ```
/// # use secure_runtime::{Callers, Problem, Routes};
/// fn admin_routes() -> Routes<(), Callers> {
///     Routes::for_callers().demand_scope("admin").demand_max_body("16KiB") // and .mount((ban, unban))
/// }
/// ```
///
/// What it demands holds for everything in it, beside each endpoint's own policy and beside what the routers around it
/// demand. Demands add up; there is no way to loosen one: routes [`for_callers`](Self::for_callers) take no endpoint that
/// is `public` or `optional`, no routes that may have one, and nothing unsecured, or they do not compile.
///
/// `S` is the state that the endpoints need, `K` whom the routes are for: [`Anyone`] or [`Callers`].
pub struct Routes<S = (), K = Anyone> {
    pub(super) entries: Vec<Entry<S>>,
    pub(super) plain: Vec<Unsecured<S>>,
    pub(super) faults: Vec<Fault>,
    pub(super) demands: Tightening,
    pub(super) whom: PhantomData<K>,
}

/// A router that nothing guards, and why.
pub(super) struct Unsecured<S> {
    pub(super) reason: &'static str,
    pub(super) prefix: String,
    pub(super) router: axum::Router<S>,
}

impl<S: Clone + Send + Sync + 'static> Default for Routes<S> {
    fn default() -> Self {
        Self::new()
    }
}

impl<S: Clone + Send + Sync + 'static> Routes<S> {
    /// No routes; endpoints for anybody are welcome.
    #[must_use]
    pub fn new() -> Self {
        Self::empty()
    }

    /// Adds a plain axum router, which nothing guards, and says why.
    #[must_use]
    pub fn unsecured(mut self, reason: &'static str, router: axum::Router<S>) -> Self {
        if reason.trim().is_empty() {
            self.faults.push(Fault::new(
                "unsecured(\"\", …)",
                "gives no reason why these routes need no security",
                "say why, as in `.unsecured(\"static files\", router)`",
            ));
        }
        self.plain.push(Unsecured {
            reason,
            prefix: String::new(),
            router,
        });
        self
    }
}

impl<S: Clone + Send + Sync + 'static> Routes<S, Callers> {
    /// No routes; every endpoint must need a caller.
    #[must_use]
    pub fn for_callers() -> Self {
        Self::empty()
    }

    /// Every endpoint in here also needs these scopes: `"admin"`, or an expression as in `scope = "…"`.
    #[must_use]
    pub fn demand_scope(mut self, scope: &str) -> Self {
        if let Some(scope) = self.parse("demand_scope", Expr::parse(scope, Kind::Scope)) {
            self.demands.scopes.push(scope);
        }
        self
    }
}

impl<S: Clone + Send + Sync + 'static, K> Routes<S, K> {
    fn empty() -> Self {
        Self {
            entries: Vec::new(),
            plain: Vec::new(),
            faults: Vec::new(),
            demands: Tightening::default(),
            whom: PhantomData,
        }
    }

    /// Adds an endpoint, or a tuple of them, at the routes that their attributes name.
    #[must_use]
    pub fn mount(mut self, endpoints: impl Mount<S, K>) -> Self {
        endpoints.mount_on(&mut self);
        self
    }

    /// Adds endpoints at a path: `.route("/orders", get(list).post(create))`.
    #[must_use]
    pub fn route(mut self, path: &str, endpoints: impl IntoEndpointMethods<S, K>) -> Self {
        self.entries.extend(endpoints.into_endpoint_methods().at(path));
        self
    }

    /// Adds other routes below a path, with what they demand.
    #[must_use]
    pub fn nest(mut self, prefix: &str, routes: impl IntoRoutes<S, K>) -> Self {
        let parsed = PathTemplate::parse(prefix);
        if let Err(error) = &parsed {
            self.faults.push(Fault::policy(format!("nest({prefix:?}, …)"), error));
        }
        let mut routes = routes.into_routes().settle();
        for entry in &mut routes.entries {
            if let (Ok(prefix), Ok(path)) = (&parsed, &mut entry.path) {
                *path = path.below(prefix);
            }
        }
        for unsecured in &mut routes.plain {
            unsecured.prefix.insert_str(0, prefix.trim_end_matches('/'));
        }
        self.absorb(routes)
    }

    /// Adds other routes as they are, with what they demand.
    #[must_use]
    pub fn merge(self, routes: impl IntoRoutes<S, K>) -> Self {
        self.absorb(routes.into_routes().settle())
    }

    /// Every endpoint in here also has this limit, each with a bucket of its own for every caller.
    #[must_use]
    pub fn demand_rate(mut self, rate: &str) -> Self {
        if let Some(rate) = self.parse("demand_rate", Rate::parse(rate)) {
            self.demands.rates.push(rate);
        }
        self
    }

    /// No endpoint in here takes a larger body.
    #[must_use]
    pub fn demand_max_body(mut self, size: &str) -> Self {
        if let Some(size) = self.parse("demand_max_body", ByteSize::parse(size)) {
            self.demands.max_body = Some(self.demands.max_body.map_or(size, |max| max.min(size)));
        }
        self
    }

    /// No endpoint in here takes longer to answer.
    #[must_use]
    pub fn demand_timeout(mut self, time: &str) -> Self {
        if let Some(time) = self.parse("demand_timeout", parse_time(time)) {
            self.demands.timeout = Some(self.demands.timeout.map_or(time, |max| max.min(time)));
        }
        self
    }

    /// No endpoint in here waits longer for a body.
    #[must_use]
    pub fn demand_body_timeout(mut self, time: &str) -> Self {
        if let Some(time) = self.parse("demand_body_timeout", parse_time(time)) {
            self.demands.body_timeout = Some(self.demands.body_timeout.map_or(time, |max| max.min(time)));
        }
        self
    }

    /// Every endpoint in here that looks at credentials refuses those that are not bound to a key of the sender: as if it had
    /// the key `sender_constrained`.
    #[must_use]
    pub fn demand_sender_constrained(mut self) -> Self {
        self.demands.sender_constrained = true;
        self
    }

    /// The same routes, with the part of the state that they need taken from here.
    #[must_use]
    pub fn with_state<S2: Clone + Send + Sync + 'static>(self, state: S) -> Routes<S2, K> {
        let entries = self.entries.into_iter();
        let unsecured = self.plain.into_iter();
        Routes {
            entries: entries.map(|entry| entry.with_state(state.clone())).collect(),
            plain: unsecured
                .map(|unsecured| Unsecured {
                    reason: unsecured.reason,
                    prefix: unsecured.prefix,
                    router: unsecured.router.with_state(state.clone()),
                })
                .collect(),
            faults: self.faults,
            demands: self.demands,
            whom: PhantomData,
        }
    }

    /// Writes the demands into every entry.
    pub(super) fn settle(mut self) -> Self {
        let demands = std::mem::take(&mut self.demands);
        for entry in &mut self.entries {
            entry.tightening.add(&demands);
        }
        self
    }

    pub(super) fn add(&mut self, endpoint: Listed<S>) {
        self.entries.push(Entry::of(endpoint));
    }

    fn absorb(mut self, other: Self) -> Self {
        self.entries.extend(other.entries);
        self.plain.extend(other.plain);
        self.faults.extend(other.faults);
        self
    }

    fn parse<T>(&mut self, place: &str, parsed: Result<T, ParseError>) -> Option<T> {
        parsed
            .map_err(|error| self.faults.push(Fault::policy(format!("Routes::{place}"), &error)))
            .ok()
    }
}

impl<S, K> std::fmt::Debug for Routes<S, K> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let paths = self.entries.iter().map(|entry| match &entry.path {
            Ok(path) => format!("{} {path}", entry.method),
            Err(Unrouted::Nowhere | Unrouted::Twice { .. } | Unrouted::Malformed(_)) => entry.place(),
        });
        f.debug_list().entries(paths).finish()
    }
}
