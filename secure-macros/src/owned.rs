//! Which parameter of the path names the object that an `Owned<_>` argument is.

use secure_policy::BindingKind;
use syn::spanned::Spanned as _;
use syn::{Ident, LitStr};

use crate::binding::Binding;
use crate::diagnostic::{Code, Diagnostics};
use crate::endpoint::Route;
use crate::formula::Formula;
use crate::names::plain;
use crate::signature::{Argument, Handler};

/// The loaded argument that a parameter of this name loads: the one of that name (`order` for `order_id`), or the only one.
pub(crate) fn argument_named(parameter: &Ident, handler: &Handler) -> Option<usize> {
    let parameter = plain(parameter);
    let loaded: Vec<_> = loaded(handler).collect();
    let named = loaded.iter().find(|(_, argument)| has_name_of(argument, &parameter));
    match (named, loaded.as_slice()) {
        (Some((index, _)), _) | (None, [(index, _)]) => Some(*index),
        _ => None,
    }
}

fn loaded(handler: &Handler) -> impl Iterator<Item = (usize, &Argument)> {
    handler
        .arguments
        .iter()
        .enumerate()
        .filter(|(_, argument)| argument.loads)
}

/// `order` is what `order_id` names.
fn has_name_of(argument: &Argument, parameter: &str) -> bool {
    argument.names.iter().any(|name| {
        let name = plain(name);
        name == parameter || parameter.strip_suffix("_id") == Some(name.trim_start_matches('_'))
    })
}

/// What is loaded belongs to the caller, unless the attribute says otherwise: ties each object that no key names to the
/// parameter that no key names. Reports those that cannot be tied.
pub(crate) fn tie(
    bindings: &mut Vec<Binding>,
    handler: &Handler,
    route: Option<&Route>,
    condition: Option<&Formula>,
    diagnostics: &mut Diagnostics,
) {
    for (index, argument) in loaded(handler) {
        let mut own = bindings
            .iter()
            .filter(|binding| binding.loads && binding.argument == index);
        if let Some(binding) = own.next() {
            if let Some(other) = own.next() {
                let fault = format!("`{}` and `{}` both load this object", binding.name(), other.name());
                let note = "it is loaded once, by the one, and the other would be compared with nobody";
                let help =
                    "take the one that names something else as an argument, as in `Path((user_id, _)): Path<(…)>`";
                diagnostics.push(&other.literal, Code::Resource, &fault, note, help);
            }
            let name = binding.name();
            let known = |route: &Route| route.path.parameters().iter().any(|parameter| parameter.name == name);
            if route.is_some_and(|route| !known(route)) {
                let fault = format!("the path has no parameter `{{{name}}}` that could load an object");
                let help = "name one that it has, or write it into the path";
                diagnostics.push(&binding.literal, Code::Resource, &fault, "", help);
            }
            continue;
        }
        let free: Vec<String> = route
            .iter()
            .flat_map(|route| route.path.parameters())
            .map(|parameter| parameter.name.clone())
            .filter(|name| {
                let bound = bindings.iter().any(|binding| binding.name() == *name);
                !bound && !condition.is_some_and(|condition| condition.mentions.has(name))
            })
            .collect();
        let named = free.iter().find(|name| has_name_of(argument, name));
        let parameter = match (named, free.as_slice()) {
            (Some(name), _) | (None, [name]) => name,
            _ => {
                diagnostics.push(
                    &argument.ty,
                    Code::Resource,
                    "nothing says which parameter of the path loads this object",
                    "",
                    "name it, as in `owner = \"order_id\"` or `owner(\"order_id\", hidden)`",
                );
                continue;
            }
        };
        bindings.push(Binding {
            kind: BindingKind::Owner,
            literal: LitStr::new(parameter, argument.ty.span()),
            variable: Ident::new("__loaded", argument.ty.span()),
            fields: Vec::new(),
            argument: index,
            or_scope: None,
            hidden: false,
            loads: true,
        });
    }
}
