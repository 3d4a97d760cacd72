//! The parts of keys with options: `owner("user_id", or_scope = "…", hidden)` and `rate("10/s", burst = 20)`.

use darling::ast::NestedMeta;
use quote::ToTokens;
use syn::spanned::Spanned as _;
use syn::{Expr, Lit, LitInt, LitStr, Meta, MetaList};

use crate::diagnostic::{Code, Diagnostics, list, nearest};

/// `key = value` or `key(value, options…)`, taken apart; the value is a string unless something else is said.
pub(crate) struct Keyed<V = LitStr> {
    pub(crate) value: V,
    pub(crate) options: Vec<Meta>,
}

impl Keyed {
    /// Takes a key apart whose value is a string; `None` after a fault.
    pub(crate) fn read(meta: &Meta, example: &str, diagnostics: &mut Diagnostics) -> Option<Self> {
        let Meta::List(list) = meta else {
            return text(meta, example, diagnostics).map(|value| Self {
                value,
                options: Vec::new(),
            });
        };
        let help = format!("write `{example}`");
        Self::read_list(meta, list, "not a string", &help, diagnostics, |item| match item {
            NestedMeta::Lit(Lit::Str(value)) => Some(value),
            _ => None,
        })
    }
}

impl<V> Keyed<V> {
    /// Takes `key(value, options…)` apart. What is no value is `noun`.
    pub(crate) fn read_list(
        meta: &Meta,
        list: &MetaList,
        noun: &str,
        help: &str,
        diagnostics: &mut Diagnostics,
        value: impl FnOnce(NestedMeta) -> Option<V>,
    ) -> Option<Self> {
        let key = name_of(meta);
        let mut wrong = |place: &dyn ToTokens, fault: &str| {
            diagnostics.push(place, Code::Key, fault, "", help);
        };
        let items = match NestedMeta::parse_meta_list(list.tokens.clone()) {
            Ok(items) => items,
            Err(error) => {
                diagnostics.push_at(error.span(), Code::Key, &error.to_string(), "", help);
                return None;
            }
        };
        let mut items = items.into_iter();
        let Some(first) = items.next() else {
            wrong(meta, &format!("`{key}()` says nothing"));
            return None;
        };
        let place = first.to_token_stream();
        let Some(value) = value(first) else {
            wrong(&place, &format!("the first part of `{key}(…)` is {noun}"));
            return None;
        };
        let mut options = Vec::new();
        for item in items {
            match item {
                NestedMeta::Meta(meta) => options.push(meta),
                NestedMeta::NameValueInvalidExpr(pair) => wrong(&pair.value, "this is not a value"),
                NestedMeta::Lit(lit) => wrong(&lit, &format!("a second value in `{key}(…)`")),
            }
        }
        Some(Self { value, options })
    }

    /// Hands each option to `take`, which says whether it knows it; reports unknown and repeated ones.
    pub(crate) fn each_option(
        &self,
        known: &[&str],
        diagnostics: &mut Diagnostics,
        mut take: impl FnMut(&str, &Meta, &mut Diagnostics),
    ) {
        let mut seen: Vec<String> = Vec::new();
        for option in &self.options {
            let name = name_of(option);
            if !known.contains(&name.as_str()) {
                unknown(option, &name, "option", known, diagnostics);
            } else if seen.contains(&name) {
                diagnostics.push(
                    option,
                    Code::Key,
                    &format!("`{name}` stands twice"),
                    "",
                    "remove one of them",
                );
            } else {
                take(&name, option, diagnostics);
                seen.push(name);
            }
        }
    }
}

/// The key of a `key`, `key = value` or `key(…)`.
pub(crate) fn name_of(meta: &Meta) -> String {
    let segments = meta.path().segments.iter().map(|segment| segment.ident.to_string());
    segments.collect::<Vec<_>>().join("::")
}

/// An unknown key or option.
pub(crate) fn unknown(place: &Meta, name: &str, noun: &str, known: &[&str], diagnostics: &mut Diagnostics) {
    let help = match nearest(name, known) {
        Some(near) => format!("did you mean `{near}`? the {noun}s are {}", list(known)),
        None => format!("the {noun}s are {}", list(known)),
    };
    diagnostics.push(place.path(), Code::Key, &format!("unknown {noun} `{name}`"), "", &help);
}

/// The literal in `key = 5`, also where a macro handed it on.
pub(crate) fn literal(value: &Expr) -> Option<&Lit> {
    match value {
        Expr::Lit(lit) => Some(&lit.lit),
        Expr::Group(group) => literal(&group.expr),
        _ => None,
    }
}

/// The string in `key = "…"`.
pub(crate) fn text(meta: &Meta, example: &str, diagnostics: &mut Diagnostics) -> Option<LitStr> {
    let help = format!("write `{example}`");
    if let Meta::NameValue(pair) = meta
        && let Some(Lit::Str(text)) = literal(&pair.value)
    {
        return Some(text.clone());
    }
    let key = name_of(meta);
    let (place, fault) = match meta {
        Meta::NameValue(pair) => (
            pair.value.to_token_stream(),
            format!("the value of `{key}` is not a string"),
        ),
        Meta::Path(_) => (meta.to_token_stream(), format!("`{key}` needs a value")),
        Meta::List(_) => (
            meta.to_token_stream(),
            format!("`{key}` takes one value and no options"),
        ),
    };
    diagnostics.push(place, Code::Key, &fault, "", &help);
    None
}

/// The number in `key = 5`.
pub(crate) fn number(meta: &Meta, example: &str, diagnostics: &mut Diagnostics) -> Option<(u32, LitInt)> {
    if let Meta::NameValue(pair) = meta
        && let Some(Lit::Int(int)) = literal(&pair.value)
        && let Ok(number) = int.base10_parse()
    {
        return Some((number, int.clone()));
    }
    let place = match meta {
        Meta::NameValue(pair) => pair.value.to_token_stream(),
        other => other.to_token_stream(),
    };
    let fault = format!("`{}` needs a whole number below 4294967296", name_of(meta));
    diagnostics.push(place, Code::Key, &fault, "", &format!("write `{example}`"));
    None
}

/// A key that stands alone: `authenticated`.
pub(crate) fn flag(meta: &Meta, diagnostics: &mut Diagnostics) -> bool {
    if matches!(meta, Meta::Path(_)) {
        return true;
    }
    let key = name_of(meta);
    let fault = format!("`{key}` takes no value");
    diagnostics.push_at(meta.span(), Code::Key, &fault, "", &format!("write `{key}`"));
    false
}
