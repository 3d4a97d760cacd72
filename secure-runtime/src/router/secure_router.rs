use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};

use axum::extract::connect_info::IntoMakeServiceWithConnectInfo;
use axum::http::StatusCode;

use super::entry::Entry;
use super::method::IntoEndpointMethods;
use super::mount::{Anyone, IntoRoutes, Mount};
use super::routes::Unsecured;
use super::{MountedEndpoint, Routes};
use crate::Problem;
use crate::security::{Security, SecurityBuilder};
use crate::startup::{Fault, StartupFaults};

/// A router that cannot be built without a [`Security`], and takes secured endpoints only.
///
/// It has the methods of [`Routes`], which is what modules hand to it.
#[must_use = "it serves nothing before it is built"]
pub struct SecureRouter<S = ()> {
    security: SecuritySource,
    routes: Routes<S>,
}

/// A [`Security`], or one that is checked together with the routes.
pub enum SecuritySource {
    /// Checked when the router is built.
    Builder(Box<SecurityBuilder>),
    /// Already checked.
    Ready(Security),
}

impl From<SecurityBuilder> for SecuritySource {
    fn from(builder: SecurityBuilder) -> Self {
        Self::Builder(Box::new(builder))
    }
}

impl From<Security> for SecuritySource {
    fn from(security: Security) -> Self {
        Self::Ready(security)
    }
}

impl<S: Clone + Send + Sync + 'static> SecureRouter<S> {
    /// A router without routes.
    pub fn new(security: impl Into<SecuritySource>) -> Self {
        Self {
            security: security.into(),
            routes: Routes::new(),
        }
    }

    /// See [`Routes::mount`].
    pub fn mount(self, endpoints: impl Mount<S, Anyone>) -> Self {
        self.map(|routes| routes.mount(endpoints))
    }

    /// See [`Routes::route`].
    pub fn route(self, path: &str, endpoints: impl IntoEndpointMethods<S, Anyone>) -> Self {
        self.map(|routes| routes.route(path, endpoints))
    }

    /// See [`Routes::nest`].
    pub fn nest(self, prefix: &str, inner: impl IntoRoutes<S, Anyone>) -> Self {
        self.map(|routes| routes.nest(prefix, inner))
    }

    /// See [`Routes::merge`].
    pub fn merge(self, other: impl IntoRoutes<S, Anyone>) -> Self {
        self.map(|routes| routes.merge(other))
    }

    /// See [`Routes::unsecured`].
    pub fn unsecured(self, reason: &'static str, router: axum::Router<S>) -> Self {
        self.map(|routes| routes.unsecured(reason, router))
    }

    /// The same router, with its state given.
    pub fn with_state<S2: Clone + Send + Sync + 'static>(self, state: S) -> SecureRouter<S2> {
        SecureRouter {
            security: self.security,
            routes: self.routes.with_state(state),
        }
    }

    fn map(self, change: impl FnOnce(Routes<S>) -> Routes<S>) -> Self {
        Self {
            security: self.security,
            routes: change(self.routes),
        }
    }
}

impl SecureRouter<()> {
    /// The application, with everything checked.
    ///
    /// # Errors
    ///
    /// Every fault of the security and of the routes, at once.
    pub fn build(self) -> Result<SecureApp, StartupFaults> {
        let routes = self.routes.settle();
        let mut faults = routes.faults;
        let security = match self.security {
            SecuritySource::Ready(security) => Some(security),
            SecuritySource::Builder(builder) => builder.prepare(&mut faults),
        };
        faults.extend(routes.entries.iter().flat_map(Entry::path_faults));
        faults.extend(collisions(&routes.entries));
        if let Some(security) = &security {
            let entries = routes.entries.iter();
            faults
                .extend(entries.flat_map(|entry| security.faults_of(entry.policy, entry.describe, &entry.tightening)));
            let limited = routes.entries.iter();
            let limited = limited.map(|entry| (entry.policy, entry.tightening.rates.as_slice()));
            faults.extend(security.0.limits.faults_of_all(limited));
        }
        if let Some(served) = security.as_ref().and_then(|security| security.0.metadata.as_ref()) {
            let same = routes
                .entries
                .iter()
                .filter(|entry| entry.path.as_ref().is_ok_and(|path| path.as_str() == served.path));
            faults.extend(same.map(|entry| {
                let fault = format!("answers `{}`, where the resource's metadata stand", served.path);
                Fault::new(entry.place(), fault, "give it another path")
            }));
        }
        let (Some(security), true) = (security, faults.is_empty()) else {
            return Err(StartupFaults::of(faults));
        };
        let mut app = SecureApp {
            router: axum::Router::new(),
            endpoints: Vec::new(),
            unsecured: Vec::new(),
            security: security.clone(),
        };
        app.router = security.metadata_router();
        for entry in routes.entries {
            app.add(&security, entry);
        }
        for unsecured in routes.plain {
            app.add_unsecured(unsecured)?;
        }
        Ok(app.with_fallbacks())
    }
}

impl<S> std::fmt::Debug for SecureRouter<S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SecureRouter")
            .field("routes", &self.routes)
            .finish_non_exhaustive()
    }
}

/// Endpoints that answer the same requests, and paths that cannot stand beside each other.
fn collisions(entries: &[Entry<()>]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut taken: BTreeMap<(String, &str), &Entry<()>> = BTreeMap::new();
    let mut paths: BTreeMap<String, &str> = BTreeMap::new();
    let mut matcher = matchit::Router::new();
    for entry in entries {
        let Ok(path) = &entry.path else {
            continue;
        };
        if let Some(other) = taken.insert((path.shape(), entry.method.as_str()), entry) {
            faults.push(Fault::new(
                entry.place(),
                format!("answers `{} {path}`, as {} does", entry.method, other.place()),
                "give one of them another path or method",
            ));
        }
        match paths.insert(path.shape(), path.as_str()) {
            Some(other) if other != path.as_str() => faults.push(Fault::new(
                entry.place(),
                format!("its path `{path}` differs from `{other}` only in its parameters' names"),
                "use the same names",
            )),
            Some(_) => {}
            None => {
                if let Err(error) = matcher.insert(path.as_str(), ()) {
                    faults.push(Fault::new(
                        entry.place(),
                        format!("its path `{path}` cannot stand beside another: {error}"),
                        "change one of the two paths",
                    ));
                }
            }
        }
    }
    faults
}

/// A built application: every endpoint with its security attached. Give it to [`serve`](crate::serve), or
/// [`into_make_service`](SecureApp::into_make_service) to a server of your own.
#[derive(Clone, Debug)]
pub struct SecureApp {
    router: axum::Router,
    endpoints: Vec<MountedEndpoint>,
    unsecured: Vec<&'static str>,
    security: Security,
}

impl SecureApp {
    /// What a server of your own serves, as [`serve`](crate::serve) does: each request comes with the address of its connection.
    ///
    /// ```no_run
    /// # async fn run(app: secure_runtime::SecureApp) -> std::io::Result<()> {
    /// let listener = tokio::net::TcpListener::bind("0.0.0.0:8080").await?;
    /// axum::serve(listener, app.into_make_service()).await
    /// # }
    /// ```
    ///
    /// A listener whose connections have no such address does not compile:
    ///
    /// ```compile_fail,E0277
    /// # async fn run(app: secure_runtime::SecureApp) -> std::io::Result<()> {
    /// let listener = tokio::net::UnixListener::bind("api.sock")?;
    /// axum::serve(listener, app.into_make_service()).await
    /// # }
    /// ```
    ///
    /// A listener of your own, whose addresses are a `SocketAddr`, is taken by way of `axum::serve::ListenerExt::tap_io`. What has to
    /// be fetched first is not waited for: see [`ready`](Self::ready).
    #[must_use]
    pub fn into_make_service(self) -> IntoMakeServiceWithConnectInfo<axum::Router, SocketAddr> {
        self.router.into_make_service_with_connect_info()
    }

    /// The plain axum router, to put layers around it or to call it in tests. For a server, see
    /// [`into_make_service`](Self::into_make_service).
    ///
    /// # Security
    ///
    /// The endpoints need the client's address, and the type of a router does not say that it will come: serve it with
    /// `into_make_service_with_connect_info::<SocketAddr>()`, or in tests with a layer of `MockConnectInfo(SocketAddr)`. Without an
    /// address they refuse with 500.
    pub fn into_router(self) -> axum::Router {
        self.router
    }

    /// How many bytes the names and values of a request's head may have.
    pub(crate) fn max_head(&self) -> usize {
        self.security.0.max_head
    }

    /// Makes ready what has to be fetched before a request can be answered. [`serve`](crate::serve) calls it.
    ///
    /// # Errors
    ///
    /// Every issuer whose keys cannot be had. See [`Security::ready`].
    pub async fn ready(&self) -> Result<(), StartupFaults> {
        self.security.ready().await
    }

    /// Every endpoint with its policy, in the order in which they were mounted.
    pub fn endpoints(&self) -> impl Iterator<Item = &MountedEndpoint> {
        self.endpoints.iter()
    }

    /// Why there are routes that nothing guards, for each [`unsecured`](SecureRouter::unsecured) router.
    pub fn unsecured(&self) -> impl Iterator<Item = &'static str> {
        self.unsecured.iter().copied()
    }

    fn add(&mut self, security: &Security, entry: Entry<()>) {
        let Ok(path) = entry.path.clone() else {
            return; // a fault, reported before
        };
        let limits = security.limits_of(entry.policy, &entry.tightening);
        let mounted = security.mount(entry.policy, &entry.tightening, &limits);
        self.endpoints.push(MountedEndpoint {
            method: entry.method,
            path: path.as_str().to_owned(),
            policy: entry.policy,
            limits,
            describe: entry.describe,
        });
        let router = std::mem::take(&mut self.router);
        self.router = router.route(path.as_str(), entry.make(mounted));
    }

    fn add_unsecured(&mut self, unsecured: Unsecured<()>) -> Result<(), StartupFaults> {
        let Unsecured { reason, prefix, router } = unsecured;
        let own = self.router.clone();
        // axum panics where a route is taken twice, and offers no other way to learn of it.
        let merged = catch_unwind(AssertUnwindSafe(|| match prefix.as_str() {
            "" => own.merge(router),
            prefix => own.nest(prefix, router),
        }));
        self.router = merged.map_err(|_| {
            StartupFaults::of(vec![Fault::new(
                format!("unsecured({reason:?}, …)"),
                "has a route that an endpoint of this application has, or a fallback of its own",
                "give it paths of its own, and leave its fallback out",
            )])
        })?;
        self.unsecured.push(reason);
        Ok(())
    }

    /// What no endpoint answers is answered as a problem, too.
    fn with_fallbacks(mut self) -> Self {
        self.router = self
            .router
            .fallback(|| async { Problem::new(StatusCode::NOT_FOUND) })
            .method_not_allowed_fallback(|| async { Problem::new(StatusCode::METHOD_NOT_ALLOWED) })
            // Now, and not for each request: axum turns handlers into routes when it is given the state.
            .with_state(());
        self
    }
}
