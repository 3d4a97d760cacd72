//! What is permitted: a list of small rules over the resolved endpoint.

mod measures;

use crate::diagnostic::{Code, Diagnostics};
use crate::endpoint::{Access, Endpoint};
use crate::names::{bound_within, plain};
use crate::shape::{last_segment, optional_caller, tuple_within};
use crate::signature::{Argument, Handler};

/// An endpoint that passed every rule. Only this module makes one.
pub(crate) struct Checked<T>(T);

impl<T> std::ops::Deref for Checked<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// How many values one endpoint may name with `owner`, `tenant` and `shared`.
const MAX_BINDINGS: usize = 32;

type Rule = fn(&Endpoint, &Handler, &mut Diagnostics);

const RULES: [Rule; 9] = [
    every_path_parameter_is_covered,
    a_condition_gives_no_identifier_away,
    tuples_follow_the_path,
    a_binding_is_named_once,
    bindings_can_be_counted,
    a_catch_all_owns_nothing,
    nobody_is_compared_on_an_open_endpoint,
    the_caller_is_optional_where_anonymous_may_call,
    no_token_is_asked_for_where_nobody_is,
];

/// The endpoint, if no rule is broken.
pub(crate) fn check(endpoint: Endpoint, handler: &Handler, diagnostics: &mut Diagnostics) -> Option<Checked<Endpoint>> {
    for rule in RULES.into_iter().chain(measures::RULES) {
        rule(&endpoint, handler, diagnostics);
    }
    diagnostics.is_empty().then_some(Checked(endpoint))
}

/// The first risk of the OWASP API list: an identifier in a path that is never compared with the caller.
fn every_path_parameter_is_covered(endpoint: &Endpoint, handler: &Handler, diagnostics: &mut Diagnostics) {
    let Some(route) = endpoint.route.as_ref().filter(|_| !endpoint.incomplete) else {
        return; // the router checks the path that it gives
    };
    for parameter in route.path.parameters() {
        let bound = endpoint.bindings.iter().any(|binding| binding.name() == parameter.name);
        // A function of that name is not the value: the condition must mention a variable of the handler.
        let variable = handler
            .arguments
            .iter()
            .flat_map(|a| &a.names)
            .any(|name| plain(name) == parameter.name);
        let in_condition = endpoint
            .condition
            .as_ref()
            .is_some_and(|c| variable && c.mentions.has(&parameter.name));
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

/// `when = list.iter().any(|team| …)` looks as if it looked at the `team` of the path, and does not. Elsewhere a name may be
/// given twice, as in `caller.is_some_and(|caller| …)`: nothing hangs on its being mentioned.
fn a_condition_gives_no_identifier_away(endpoint: &Endpoint, handler: &Handler, diagnostics: &mut Diagnostics) {
    let Some(condition) = &endpoint.condition else {
        return;
    };
    let of_path = |argument: &&Argument| last_segment(&argument.ty).is_some_and(|name| name == "Path");
    let identifiers: Vec<_> = handler
        .arguments
        .iter()
        .filter(of_path)
        .flat_map(|a| &a.names)
        .collect();
    let routed = |name: &str| {
        let all = endpoint.route.iter().flat_map(|route| route.path.parameters());
        all.into_iter().any(|parameter| parameter.name == name)
    };
    for name in bound_within(&condition.expr) {
        if identifiers.contains(&&name) || routed(&plain(&name)) {
            diagnostics.push(
                &name,
                Code::Condition,
                &format!("the condition gives the name `{name}` to another value"),
                "the identifier in the path would be mentioned and never looked at",
                "give it another name",
            );
        }
    }
}

/// `Path((order_id, user_id))` on `/users/{user_id}/orders/{order_id}` compares the wrong one: axum fills tuples by position.
fn tuples_follow_the_path(endpoint: &Endpoint, handler: &Handler, diagnostics: &mut Diagnostics) {
    let Some(route) = &endpoint.route else {
        return;
    };
    let names: Vec<&str> = route
        .path
        .parameters()
        .iter()
        .map(|parameter| parameter.name.as_str())
        .collect();
    for argument in &handler.arguments {
        let Some(elements) = tuple_within(&argument.pat) else {
            continue;
        };
        let has = |element: &Option<String>| element.as_deref().is_some_and(|name| names.contains(&name));
        // A tuple that names no parameter is not the path's.
        if !elements.iter().any(has) {
            continue;
        }
        let in_order = elements.len() == names.len()
            && elements
                .iter()
                .zip(&names)
                .all(|(element, name)| element.as_deref().is_none_or(|element| element == *name));
        if !in_order {
            diagnostics.push(
                &argument.pat,
                Code::Path,
                "this tuple does not follow the path",
                "the parts of a tuple are filled by position, whatever their names",
                &format!("write `Path(({}))`, and order the types alike", names.join(", ")),
            );
        }
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

/// The gate keeps one bit for each.
fn bindings_can_be_counted(endpoint: &Endpoint, _: &Handler, diagnostics: &mut Diagnostics) {
    if let Some(binding) = endpoint.bindings.get(MAX_BINDINGS) {
        let fault = format!("more than {MAX_BINDINGS} values are named");
        diagnostics.push(
            &binding.literal,
            Code::UnknownArgument,
            &fault,
            "",
            "split the endpoint",
        );
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
    let public = match &endpoint.access {
        Access::Public(_) => true,
        Access::Optional => false,
        Access::Caller { .. } => return,
    };
    for argument in &handler.arguments {
        let caller = last_segment(&argument.ty).filter(|name| name == "Principal" || name == "Claims");
        let Some(name) = caller.or_else(|| optional_caller(&argument.ty).filter(|_| public)) else {
            continue;
        };
        let (fault, help) = match (public, name.as_str()) {
            (true, _) => (
                "the caller as an argument of a `public` endpoint, where nobody is asked",
                "replace `public` by `optional` or `authenticated`, or leave the argument out",
            ),
            (false, "Principal") => (
                "`Principal` on an `optional` endpoint, where there may be no caller",
                "write `Option<Principal>`",
            ),
            (false, _) => (
                "`Claims` on an `optional` endpoint, where there may be no caller",
                "take `Option<Principal>`, and read its `.claims()`",
            ),
        };
        diagnostics.push(&argument.ty, Code::CallerOnOpenEndpoint, fault, "", help);
    }
}

/// On a public endpoint no credential is looked at, bound or not.
fn no_token_is_asked_for_where_nobody_is(endpoint: &Endpoint, _: &Handler, diagnostics: &mut Diagnostics) {
    if let (Access::Public(_), Some(key)) = (&endpoint.access, &endpoint.sender_constrained) {
        let fault = "`sender_constrained` where no credential is looked at";
        let help = "remove it, or say who may call, as in `authenticated`";
        diagnostics.push(key, Code::CallerOnOpenEndpoint, fault, "", help);
    }
}
