//! Text and lists that may be of any length: whoever sends them decides how much memory and time they take.

use syn::{GenericArgument, PathArguments, Type};

use super::pattern;
use super::rules::ValueRules;

/// What wraps one value, and is as long as that.
const WRAPPERS: [&str; 5] = ["Option", "Patch", "Box", "Secret", "Untrusted"];

/// A value that has no bound: a text, a list or a map, by itself or within a list or map.
pub(crate) struct Unbounded {
    pub(crate) what: &'static str,
    pub(crate) within: bool,
}

/// What has no bound in this type under these rules. Decided by the names as written: under an alias, the body's cap is the
/// bound.
pub(crate) fn unbounded(ty: &Type, rules: &ValueRules) -> Option<Unbounded> {
    let bare = |what| Some(Unbounded { what, within: false });
    let (name, arguments) = parts(ty)?;
    let by_length = rules.length.as_ref().is_some_and(|length| length.max.is_some());
    match name.as_str() {
        wrapper if WRAPPERS.contains(&wrapper) => match arguments.first() {
            Some(inner) => unbounded(inner, rules),
            // `Untrusted` is `Untrusted<String>`.
            None if wrapper == "Untrusted" && !by_length && !by_form(rules) => bare("text"),
            None => None,
        },
        "String" | "str" if !by_length && !by_form(rules) => bare("text"),
        "Vec" if !by_length => bare("list"),
        "HashMap" | "BTreeMap" if !by_length => bare("map"),
        "Vec" | "HashMap" | "BTreeMap" => {
            let none = ValueRules::default();
            let inner = rules.inner.as_deref().unwrap_or(&none);
            let found = unbounded(arguments.last()?, inner)?;
            Some(Unbounded { within: true, ..found })
        }
        _ => None,
    }
}

/// Does the form of the text bound it? A pattern that is refused may be meant to; a range is for no text.
fn by_form(rules: &ValueRules) -> bool {
    let is_bounded = |pattern: &syn::LitStr| pattern::read(&pattern.value()).map_or(true, |longest| longest.is_some());
    rules.email.is_some() || rules.range.is_some() || rules.pattern.as_ref().is_some_and(is_bounded)
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
