//! Text and lists that may be of any length: whoever sends them decides how much memory and time they take.

use syn::{GenericArgument, PathArguments, Type};

use super::pattern;
use super::rules::ValueRules;

/// What wraps one value, and is as long as that.
const WRAPPERS: [&str; 5] = ["Option", "Patch", "Box", "Secret", "Untrusted"];

/// What has no bound in this type under these rules. Decided by the names as written: under an alias, the body's cap is the
/// bound.
pub(crate) fn unbounded(ty: &Type, rules: &ValueRules) -> Option<&'static str> {
    let (name, arguments) = parts(ty)?;
    let by_length = rules.length.as_ref().is_some_and(|length| length.max.is_some());
    match name.as_str() {
        wrapper if WRAPPERS.contains(&wrapper) => match arguments.first() {
            Some(inner) => unbounded(inner, rules),
            // `Untrusted` is `Untrusted<String>`.
            None => (wrapper == "Untrusted" && !by_length && !by_form(rules)).then_some("text"),
        },
        "String" | "str" if !by_length && !by_form(rules) => Some("text"),
        "Vec" | "HashMap" | "BTreeMap" => {
            if !by_length {
                return Some(if name == "Vec" { "list" } else { "map" });
            }
            let none = ValueRules::default();
            let inner = rules.inner.as_deref().unwrap_or(&none);
            arguments
                .last()
                .and_then(|item| unbounded(item, inner))
                .map(|_| "text in it")
        }
        _ => None,
    }
}

/// Does the form of the text bound it?
fn by_form(rules: &ValueRules) -> bool {
    let longest = |pattern: &syn::LitStr| pattern::read(&pattern.value()).ok().flatten();
    rules.email.is_some() || rules.pattern.as_ref().is_some_and(|p| longest(p).is_some())
}

fn parts(ty: &Type) -> Option<(String, Vec<&Type>)> {
    let Type::Path(path) = ty else {
        return None;
    };
    let last = path.path.segments.last()?;
    let arguments = match &last.arguments {
        PathArguments::AngleBracketed(list) => list.args.iter().filter_map(|argument| match argument {
            GenericArgument::Type(ty) => Some(ty),
            _ => None,
        }),
        _ => return Some((last.ident.to_string(), Vec::new())),
    };
    Some((last.ident.to_string(), arguments.collect()))
}
