//! What is permitted: a list of small rules over the resolved endpoint.

use secure_policy::Method;

use crate::diagnostic::{Code, Diagnostics, list};
use crate::endpoint::{Access, Endpoint};
use crate::signature::Handler;

/// An endpoint that passed every rule. Only this module makes one.
pub(crate) struct Checked<T>(T);

impl<T> std::ops::Deref for Checked<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

type Rule = fn(&Endpoint, &Handler, &mut Diagnostics);

const RULES: [Rule; 6] = [
    every_path_parameter_is_covered,
    a_binding_is_named_once,
    a_catch_all_owns_nothing,
    nobody_is_compared_on_an_open_endpoint,
    the_caller_is_optional_where_anonymous_may_call,
    bodies_come_with_methods_that_have_one,
];

/// The endpoint, if no rule is broken.
pub(crate) fn check(endpoint: Endpoint, handler: &Handler, diagnostics: &mut Diagnostics) -> Option<Checked<Endpoint>> {
    for rule in RULES {
        rule(&endpoint, handler, diagnostics);
    }
    diagnostics.is_empty().then_some(Checked(endpoint))
}

/// The first risk of the OWASP API list: an identifier in a path that is never compared with the caller.
fn every_path_parameter_is_covered(endpoint: &Endpoint, _: &Handler, diagnostics: &mut Diagnostics) {
    let Some(route) = &endpoint.route else {
        return; // the router checks the path that it gives
    };
    for parameter in route.path.parameters() {
        let bound = endpoint.bindings.iter().any(|binding| binding.name() == parameter.name);
        let in_condition = endpoint
            .condition
            .as_ref()
            .is_some_and(|c| c.mentions.has(&parameter.name));
        if bound || in_condition {
            continue;
        }
        let name = &parameter.name;
        diagnostics.push(
            &route.literal,
            Code::UncoveredIdentifier,
            &format!("nothing says whose `{{{name}}}` may be"),
            "an identifier that is never compared with the caller lets everybody read everybody's data (OWASP API1:2023)",
            &format!("add `owner = \"{name}\"`, `tenant = \"{name}\"`, or, if it belongs to nobody in particular, `shared = \"{name}\"`"),
        );
    }
}

/// `owner = "id", shared = "id"` says two things of one value.
fn a_binding_is_named_once(endpoint: &Endpoint, _: &Handler, diagnostics: &mut Diagnostics) {
    for (i, binding) in endpoint.bindings.iter().enumerate() {
        let value = binding.literal.value();
        if let Some(other) = endpoint.bindings[..i]
            .iter()
            .find(|other| other.literal.value() == value)
        {
            diagnostics.push(
                &binding.literal,
                Code::UnknownArgument,
                &format!(
                    "`{value}` is named by `{}` and by `{}`",
                    other.kind.as_str(),
                    binding.kind.as_str()
                ),
                "",
                "keep one of them",
            );
        }
    }
}

/// A catch-all takes several segments: it is no identifier.
fn a_catch_all_owns_nothing(endpoint: &Endpoint, _: &Handler, diagnostics: &mut Diagnostics) {
    let parameters = endpoint.route.iter().flat_map(|route| route.path.parameters());
    for parameter in parameters.filter(|parameter| parameter.catch_all) {
        let bound = endpoint
            .bindings
            .iter()
            .filter(|binding| binding.kind != secure_policy::BindingKind::Shared);
        for binding in bound.filter(|binding| binding.name() == parameter.name) {
            diagnostics.push(
                &binding.literal,
                Code::Path,
                &format!("`{{*{}}}` is the rest of a path, which names nobody", parameter.name),
                "",
                &format!(
                    "compare a parameter of one segment, and write `shared = \"{}\"` for the rest",
                    parameter.name
                ),
            );
        }
    }
}

/// Nobody is asked who they are, so there is nobody to compare with.
fn nobody_is_compared_on_an_open_endpoint(endpoint: &Endpoint, _: &Handler, diagnostics: &mut Diagnostics) {
    let rule = match &endpoint.access {
        Access::Public(_) => "public",
        Access::Optional | Access::Caller { .. } => return,
    };
    for binding in endpoint
        .bindings
        .iter()
        .filter(|b| b.kind != secure_policy::BindingKind::Shared)
    {
        let key = binding.kind.as_str();
        diagnostics.push(
            &binding.literal,
            Code::CallerOnOpenEndpoint,
            &format!("`{key}` on a `{rule}` endpoint, where there is no caller to compare with"),
            "",
            &format!("replace `{rule}` by `authenticated`, or `{key}` by `shared`"),
        );
    }
    if let Some(caller) = endpoint
        .condition
        .as_ref()
        .and_then(|condition| condition.mentions.get("caller"))
    {
        diagnostics.push(
            caller,
            Code::CallerOnOpenEndpoint,
            &format!("`caller` on a `{rule}` endpoint, where there is none"),
            "",
            &format!("replace `{rule}` by `authenticated`, or leave the caller out of the condition"),
        );
    }
}

/// `Principal` promises a caller that may not be there. Decided by the written name, which improves the message only:
/// under an alias the gate refuses with 401.
fn the_caller_is_optional_where_anonymous_may_call(
    endpoint: &Endpoint,
    handler: &Handler,
    diagnostics: &mut Diagnostics,
) {
    let (rule, help) = match &endpoint.access {
        Access::Public(_) => (
            "public",
            "replace `public` by `authenticated`, or leave the argument out",
        ),
        Access::Optional => ("optional", "write `Option<Principal>`"),
        Access::Caller { .. } => return,
    };
    for argument in &handler.arguments {
        let syn::Type::Path(path) = &argument.ty else {
            continue;
        };
        let last = path.path.segments.last();
        if last.is_some_and(|segment| segment.ident == "Principal" || segment.ident == "Claims") {
            diagnostics.push(
                &argument.ty,
                Code::CallerOnOpenEndpoint,
                &format!("the caller as an argument of an `{rule}` endpoint, where there may be none"),
                "",
                help,
            );
        }
    }
}

/// A body on GET or DELETE has no meaning (RFC 9110 §9.3.1, §9.3.5): proxies drop it, caches ignore it.
fn bodies_come_with_methods_that_have_one(endpoint: &Endpoint, _: &Handler, diagnostics: &mut Diagnostics) {
    let Some(route) = &endpoint.route else {
        return;
    };
    if !matches!(route.method, Method::Get | Method::Delete) {
        return;
    }
    if let Some((_, literal)) = &endpoint.max_body {
        diagnostics.push(
            literal,
            Code::Body,
            &format!("`max_body` on {}, which has no body", route.method),
            "",
            &format!("remove it, or use one of {}", list(&["post", "put", "patch"])),
        );
    }
}
