//! What was meant: the attribute and the signature together, with no absence left that would mean "insecure".

use std::num::NonZeroU32;
use std::time::Duration;

use quote::ToTokens as _;
use secure_policy::{ByteSize, Kind, Method, PathTemplate, parse_time};
use syn::{LitStr, Meta, Path};

use crate::args::{AccessArg, AccessRule, Args, RouteArg};
use crate::binding::Binding;
use crate::diagnostic::{Code, Diagnostics};
use crate::expression::Expression;
use crate::formula::Formula;
use crate::limit::Limit;
use crate::options::name_of;
use crate::owned;
use crate::signature::Handler;

/// One endpoint.
pub(crate) struct Endpoint {
    pub(crate) access: Access,
    pub(crate) route: Option<Route>,
    pub(crate) bindings: Vec<Binding>,
    pub(crate) condition: Option<Formula>,
    pub(crate) limits: Vec<Limit>,
    pub(crate) max_body: Option<(ByteSize, LitStr)>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) body_timeout: Option<(Duration, LitStr)>,
    pub(crate) concurrency: Option<NonZeroU32>,
    pub(crate) gzip: Option<Meta>,
    /// The key, where tokens must be bound to a key.
    pub(crate) sender_constrained: Option<Meta>,
    pub(crate) krate: Path,
    /// The attribute has faults of its own, so what is absent may only be unreadable.
    pub(crate) incomplete: bool,
}

pub(crate) struct Route {
    pub(crate) method: Method,
    pub(crate) path: PathTemplate,
    pub(crate) literal: LitStr,
}

pub(crate) enum Access {
    Public(LitStr),
    Optional,
    Caller {
        scope: Option<Expression>,
        role: Option<Expression>,
    },
}

impl Access {
    /// Is there a caller for certain?
    pub(crate) fn has_caller(&self) -> bool {
        matches!(self, Self::Caller { .. })
    }
}

impl Endpoint {
    /// `None` after a fault that leaves nothing to check.
    pub(crate) fn resolve(args: Args, handler: &Handler, diagnostics: &mut Diagnostics) -> Option<Self> {
        let krate = args.krate();
        let incomplete = args.incomplete;
        let access = access(args.access, handler, incomplete, diagnostics);
        let route = args.route.map(|route| resolve_route(route, diagnostics));
        let bindings = args
            .bindings
            .into_iter()
            .map(|binding| Binding::resolve(binding, handler, diagnostics));
        let bindings: Vec<_> = bindings.collect();
        let condition = args.when.map(Formula::of);
        let limits = args.rates.into_iter().map(|rate| Limit::resolve(rate, diagnostics));
        let limits: Vec<_> = limits.collect();
        let max_body = args.max_body.map(|literal| {
            let size = diagnostics.keep(&literal, Code::Measure, ByteSize::parse(&literal.value()));
            size.map(|size| (size, literal))
        });
        let mut time = |literal: &LitStr| diagnostics.keep(literal, Code::Measure, parse_time(&literal.value()));
        let timeout = args.timeout.map(|literal| time(&literal));
        let body_timeout = args.body_timeout;
        let body_timeout = body_timeout.map(|literal| time(&literal).map(|time| (time, literal)));
        let concurrency = args
            .concurrency
            .map(|(count, literal)| diagnostics.keep(literal, Code::Measure, secure_policy::concurrency(count)));
        let route = lift(route)?;
        let mut bindings: Vec<Binding> = bindings.into_iter().collect::<Option<_>>()?;
        let before = diagnostics.len();
        owned::tie(&mut bindings, handler, route.as_ref(), condition.as_ref(), diagnostics);
        Some(Self {
            access: access?,
            route,
            bindings,
            condition,
            limits: limits.into_iter().collect::<Option<_>>()?,
            max_body: lift(max_body)?,
            timeout: lift(timeout)?,
            body_timeout: lift(body_timeout)?,
            concurrency: lift(concurrency)?,
            gzip: args.gzip,
            sender_constrained: args.sender_constrained,
            krate,
            // What is not tied leaves its parameter uncovered, which is no second fault.
            incomplete: incomplete || diagnostics.len() > before,
        })
    }
}

/// Absent is fine, unreadable is not.
fn lift<T>(value: Option<Option<T>>) -> Option<Option<T>> {
    match value {
        Some(None) => None,
        Some(Some(value)) => Some(Some(value)),
        None => Some(None),
    }
}

fn access(rules: Vec<AccessArg>, handler: &Handler, incomplete: bool, diagnostics: &mut Diagnostics) -> Option<Access> {
    if let [first, rest @ ..] = rules.as_slice()
        && let Some(other) = rest.iter().find(|other| !compatible(&first.rule, &other.rule))
    {
        conflict(first, other, diagnostics);
        return None;
    }
    let mut access = None;
    for arg in rules {
        let (mut scope, mut role) = match access {
            Some(Access::Caller { scope, role }) => (scope, role),
            _ => (None, None),
        };
        access = Some(match arg.rule {
            AccessRule::Public(reason) => Access::Public(reason),
            AccessRule::Optional => Access::Optional,
            AccessRule::Authenticated => Access::Caller { scope, role },
            AccessRule::Names(names) => {
                let slot = if names.kind == Kind::Scope {
                    &mut scope
                } else {
                    &mut role
                };
                *slot = Some(names);
                Access::Caller { scope, role }
            }
        });
    }
    if access.is_none() && !incomplete {
        diagnostics.push(
            handler.name(),
            Code::NoAccessRule,
            &format!("nothing says who may call `{}`", handler.name()),
            "an endpoint is never open by omission",
            "add `scope = \"…\"`, `role = \"…\"` or `authenticated`, or, for anybody, `public = \"why\"`",
        );
    }
    access
}

/// Scopes say what the client may do, roles what the user may do: both may be asked for, and then both must hold.
fn compatible(a: &AccessRule, b: &AccessRule) -> bool {
    matches!((a, b), (AccessRule::Names(a), AccessRule::Names(b)) if a.kind != b.kind)
}

fn conflict(a: &AccessArg, b: &AccessArg, diagnostics: &mut Diagnostics) {
    let (a_name, b_name) = (name_of(&a.meta), name_of(&b.meta));
    // One error whose span reaches from the one to the other.
    let mut place = a.meta.to_token_stream();
    place.extend(b.meta.to_token_stream());
    let help = match (&a.rule, &b.rule) {
        (AccessRule::Authenticated, _) => format!("remove `authenticated`: `{b_name}` asks for a caller already"),
        (_, AccessRule::Authenticated) => format!("remove `authenticated`: `{a_name}` asks for a caller already"),
        _ => format!("keep `{a_name}` or `{b_name}`"),
    };
    diagnostics.push(
        place,
        Code::TwoAccessRules,
        &format!("`{a_name}` and `{b_name}` are two access rules for one endpoint"),
        "each says who may call, and they do not say the same",
        &help,
    );
}

fn resolve_route(route: RouteArg, diagnostics: &mut Diagnostics) -> Option<Route> {
    let path = diagnostics.keep(&route.path, Code::Path, PathTemplate::parse(&route.path.value()))?;
    Some(Route {
        method: route.method,
        path,
        literal: route.path,
    })
}
