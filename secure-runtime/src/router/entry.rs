use axum::routing::{MethodFilter, MethodRouter, on};
use secure_policy::{Method, ParseError, PathTemplate, Policy, Source};

use crate::describe::Description;
use crate::endpoint::{Call, Erased, SecureEndpoint};
use crate::limit::MountedLimit;
use crate::mounted::Mounted;
use crate::security::Tightening;
use crate::startup::Fault;

/// An endpoint on a router, before there is a security to mount it with.
pub(crate) struct Entry<S> {
    pub(crate) policy: &'static Policy,
    pub(crate) describe: fn(&mut Description),
    pub(crate) method: Method,
    pub(crate) path: Result<PathTemplate, Unrouted>,
    pub(crate) tightening: Tightening,
    make: Box<dyn FnOnce(Mounted) -> MethodRouter<S> + Send>,
}

/// Why an endpoint has no path.
#[derive(Clone, Debug)]
pub(crate) enum Unrouted {
    /// Neither the attribute nor the router names one.
    Nowhere,
    /// They name different ones.
    Twice { attribute: String, router: String },
    /// It cannot be read.
    Malformed(ParseError),
}

/// An endpoint of a built application, for those who list or test them all.
#[derive(Clone, Debug)]
pub struct MountedEndpoint {
    /// The method.
    pub method: Method,
    /// The whole path.
    pub path: String,
    /// Its policy.
    pub policy: &'static Policy,
    /// Its limits, with what the application, the routers around it and the operator say.
    pub limits: Vec<MountedLimit>,
    pub(crate) describe: fn(&mut Description),
}

impl MountedEndpoint {
    /// What it takes and shows, as JSON Schema.
    #[must_use]
    pub fn description(&self) -> Description {
        Description::of(self.describe)
    }
}

/// An endpoint as a value. What follows is compiled once, and not for each endpoint.
pub(crate) struct Listed<S> {
    policy: &'static Policy,
    describe: fn(&mut Description),
    call: Call<S>,
}

impl<S> Listed<S> {
    pub(crate) fn of<E: SecureEndpoint<S>>() -> Self {
        Self {
            policy: E::POLICY,
            describe: E::describe,
            call: E::call,
        }
    }

    pub(crate) fn of_value<E: SecureEndpoint<S>>(_: E) -> Self {
        Self::of::<E>()
    }
}

impl<S: Clone + Send + Sync + 'static> Entry<S> {
    /// An endpoint whose attribute names its route.
    pub(crate) fn of(endpoint: Listed<S>) -> Self {
        let (method, path) = match endpoint.policy.route {
            Some(route) => (
                route.method,
                PathTemplate::parse(route.path).map_err(Unrouted::Malformed),
            ),
            None => (Method::Get, Err(Unrouted::Nowhere)),
        };
        Self::new(endpoint, method, path)
    }

    /// An endpoint for which the router names the route.
    pub(crate) fn at(endpoint: Listed<S>, method: Method, path: &str) -> Self {
        let router = format!("{method} {path}");
        let attribute = endpoint.policy.route;
        let attribute = attribute.map(|route| format!("{} {}", route.method, route.path));
        let path = match attribute {
            Some(attribute) if attribute != router => Err(Unrouted::Twice { attribute, router }),
            _ => PathTemplate::parse(path).map_err(Unrouted::Malformed),
        };
        Self::new(endpoint, method, path)
    }

    fn new(endpoint: Listed<S>, method: Method, path: Result<PathTemplate, Unrouted>) -> Self {
        let call = endpoint.call;
        Self {
            policy: endpoint.policy,
            describe: endpoint.describe,
            method,
            path,
            tightening: Tightening::default(),
            make: Box::new(move |mounted| on(filter(method), Erased::new(mounted, call))),
        }
    }

    pub(crate) fn with_state<S2: 'static>(self, state: S) -> Entry<S2> {
        Entry {
            policy: self.policy,
            describe: self.describe,
            method: self.method,
            path: self.path,
            tightening: self.tightening,
            make: Box::new(move |mounted| (self.make)(mounted).with_state(state)),
        }
    }
}

impl<S> Entry<S> {
    pub(crate) fn place(&self) -> String {
        format!("endpoint `{}`", self.policy.endpoint)
    }

    /// The handler's name without its module.
    fn name(&self) -> &'static str {
        self.policy.endpoint.rsplit("::").next().unwrap_or(self.policy.endpoint)
    }

    pub(crate) fn make(self, mounted: Mounted) -> MethodRouter<S> {
        (self.make)(mounted)
    }

    /// What is wrong with its path, by itself and against its policy.
    pub(crate) fn path_faults(&self) -> Vec<Fault> {
        let fault = |fault: String, help: String| Fault::new(self.place(), fault, help);
        let path = match &self.path {
            Ok(path) => path,
            Err(Unrouted::Nowhere) => {
                return vec![fault(
                    "has no route".to_owned(),
                    format!(
                        "write `get = \"/…\"` in its attribute, or `.route(\"/…\", get({}))`",
                        self.name()
                    ),
                )];
            }
            Err(Unrouted::Twice { attribute, router }) => {
                return vec![fault(
                    format!("its attribute says `{attribute}`, the router `{router}`"),
                    format!(
                        "remove the route from one of them; `.mount({})` takes the attribute's",
                        self.name()
                    ),
                )];
            }
            Err(Unrouted::Malformed(error)) => return vec![Fault::policy(self.place(), error)],
        };
        let named = |name: &str| path.parameters().iter().any(|parameter| parameter.name == name);
        let uncovered = path
            .parameters()
            .iter()
            .filter(|parameter| !self.policy.covers(&parameter.name))
            .map(|p| {
                fault(
                    format!("nothing says whose `{{{}}}` in `{path}` may be", p.name),
                    format!(
                        "add `owner = \"{0}\"`, `tenant = \"{0}\"` or `shared = \"{0}\"` to its attribute",
                        p.name
                    ),
                )
            });
        let from_path = self
            .policy
            .bindings
            .iter()
            .filter(|binding| binding.source == Source::Path);
        let absent = from_path.filter(|binding| !named(binding.name())).map(|binding| {
            fault(
                format!(
                    "`{} = \"{}\"` names a path parameter that `{path}` does not have",
                    binding.kind.as_str(),
                    binding.value
                ),
                format!(
                    "write `{{{}}}` in the path, or give the argument the parameter's name",
                    binding.name()
                ),
            )
        });
        uncovered.chain(absent).collect()
    }
}

fn filter(method: Method) -> MethodFilter {
    match method {
        Method::Get => MethodFilter::GET,
        Method::Post => MethodFilter::POST,
        Method::Put => MethodFilter::PUT,
        Method::Patch => MethodFilter::PATCH,
        Method::Delete => MethodFilter::DELETE,
    }
}
