//! Rules about how much: limits, bodies and times.

use secure_policy::{MAX_LIMITS, Method};

use super::Rule;
use crate::diagnostic::{Code, Diagnostics, list};
use crate::endpoint::{Access, Endpoint};
use crate::limit::{Base, Limit, text_of};
use crate::proofs::NO_BODY;
use crate::signature::Handler;

pub(super) const RULES: [Rule; 6] = [
    a_limit_stands_once,
    limits_can_be_counted,
    nobody_is_counted_on_an_open_endpoint,
    bodies_come_with_methods_that_have_one,
    a_time_for_the_body_needs_an_argument,
    the_body_has_no_more_time_than_all,
];

/// The second would admit what the first does; of a declared limit, a request would be counted twice.
fn a_limit_stands_once(endpoint: &Endpoint, _: &Handler, diagnostics: &mut Diagnostics) {
    for (i, limit) in endpoint.limits.iter().enumerate() {
        if !endpoint.limits[..i].iter().any(|other| same(limit, other)) {
            continue;
        }
        match &limit.base {
            Base::Own { rate, literal, .. } => {
                let fault = format!("`{rate}` limits this endpoint already");
                let help = "remove it: the rest admits exactly the same requests";
                diagnostics.push(literal, Code::Measure, &fault, "", help);
            }
            Base::Declared { path, .. } => {
                let fault = format!("`{}` limits this endpoint already", text_of(path));
                let help = "remove one of them: a request would be counted twice";
                diagnostics.push(path, Code::Measure, &fault, "", help);
            }
        }
    }
}

fn same(a: &Limit, b: &Limit) -> bool {
    match (&a.base, &b.base) {
        (Base::Own { rate: a_rate, .. }, Base::Own { rate: b_rate, .. }) => {
            let cost = |limit: &Limit| limit.cost.as_ref().map(|formula| formula.text());
            a_rate == b_rate && cost(a) == cost(b)
        }
        (Base::Declared { path: a, .. }, Base::Declared { path: b, .. }) => text_of(a) == text_of(b),
        _ => false,
    }
}

/// With those of the routers around it there may be still more, which is a fault at start-up.
fn limits_can_be_counted(endpoint: &Endpoint, _: &Handler, diagnostics: &mut Diagnostics) {
    let Some(limit) = endpoint.limits.get(MAX_LIMITS) else {
        return;
    };
    let fault = format!("more than {MAX_LIMITS} limits for one request");
    let help = "remove those that others include";
    match &limit.base {
        Base::Own { literal, .. } => diagnostics.push(literal, Code::Measure, &fault, "", help),
        Base::Declared { path, .. } => diagnostics.push(path, Code::Measure, &fault, "", help),
    }
}

/// Nobody is asked who they are, so all would be counted as if nobody had said how. What a declared limit counts by is
/// asserted where it is known.
fn nobody_is_counted_on_an_open_endpoint(endpoint: &Endpoint, _: &Handler, diagnostics: &mut Diagnostics) {
    if !matches!(endpoint.access, Access::Public(_)) {
        return;
    }
    for limit in &endpoint.limits {
        if let Base::Own {
            rate, per: Some(per), ..
        } = &limit.base
            && rate.counted_per().needs_caller()
        {
            let word = rate.counted_per().as_str();
            let fault = format!("`per = \"{word}\"` on a `public` endpoint, where nobody is asked who they are");
            let help = "replace `public` by `optional` or `authenticated`, or count by `ip`";
            diagnostics.push(per, Code::CallerOnOpenEndpoint, &fault, "", help);
        }
        if let Some(caller) = limit.cost.as_ref().and_then(|formula| formula.mentions.get("caller")) {
            let fault = "`caller` on a `public` endpoint, where there is none";
            let help = "replace `public` by `authenticated`, or leave the caller out of the cost";
            diagnostics.push(caller, Code::CallerOnOpenEndpoint, fault, "", help);
        }
    }
}

/// A body on GET or DELETE has no meaning (RFC 9110 §9.3.1, §9.3.5): proxies drop it, caches ignore it.
fn bodies_come_with_methods_that_have_one(endpoint: &Endpoint, _: &Handler, diagnostics: &mut Diagnostics) {
    let Some(method) = bodiless(endpoint) else {
        return;
    };
    let help = format!("remove it, or use one of {}", list(&["post", "put", "patch"]));
    let mut fault = |place: &dyn quote::ToTokens, key: &str| {
        let fault = format!("`{key}` on {method}, which has no body");
        diagnostics.push(place, Code::Body, &fault, "", &help);
    };
    if let Some((_, literal)) = &endpoint.max_body {
        fault(literal, "max_body");
    }
    if let Some((_, literal)) = &endpoint.body_timeout {
        fault(literal, "body_timeout");
    }
    if let Some(key) = &endpoint.gzip {
        fault(key, "gzip");
    }
}

fn bodiless(endpoint: &Endpoint) -> Option<Method> {
    let route = endpoint.route.as_ref()?;
    matches!(route.method, Method::Get | Method::Delete).then_some(route.method)
}

/// Whether the last argument reads the body is known by its type, and asserted there.
fn a_time_for_the_body_needs_an_argument(endpoint: &Endpoint, handler: &Handler, diagnostics: &mut Diagnostics) {
    if let Some((_, literal)) = &endpoint.body_timeout
        && handler.body_argument().is_none()
        && bodiless(endpoint).is_none()
    {
        let (fault, help) = NO_BODY;
        diagnostics.push(literal, Code::Body, fault, "", help);
    }
}

/// The longer of two times would never run out.
fn the_body_has_no_more_time_than_all(endpoint: &Endpoint, _: &Handler, diagnostics: &mut Diagnostics) {
    if let (Some((body, literal)), Some(all)) = (&endpoint.body_timeout, endpoint.timeout)
        && *body > all
    {
        let fault = "a `body_timeout` above the `timeout`, which would run out first";
        let help = "lower `body_timeout`, or raise `timeout`";
        diagnostics.push(literal, Code::Measure, fault, "", help);
    }
}
