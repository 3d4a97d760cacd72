//! `#[input]`: the same stages as `#[secure]`, over a type.

mod bounds;
mod check;
mod expand;
mod inert;
mod members;
mod pattern;
mod reading;
mod rules;
mod through;
mod values;

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

use self::inert::inert;
use crate::data::{Arguments, Item, SerdeKeys, once, without_derives, without_serde};
use crate::diagnostic::{Code, Diagnostics};

/// What serde may be told beside the attribute. Not here: what reads more than one place (`flatten`, `alias`, `untagged`,
/// `other`), and what reads another type (`from`, `try_from`, `remote`).
const SERDE: SerdeKeys = SerdeKeys {
    item: &[
        "bound",
        "content",
        "default",
        "deny_unknown_fields",
        "expecting",
        "rename_all",
        "rename_all_fields",
        "tag",
        "transparent",
    ],
    variant: &["rename", "rename_all"],
    field: &[
        "default",
        "deserialize_with",
        "rename",
        "serialize_with",
        "skip_serializing",
        "skip_serializing_if",
        "with",
    ],
};

/// What the attribute derives.
const DERIVED: [&str; 2] = ["Deserialize", "JsonSchema"];

/// Tokens in, tokens out.
pub(crate) fn input(args: TokenStream, item: TokenStream) -> TokenStream {
    let mut diagnostics = Diagnostics::default();
    let arguments = Arguments::parse(args, &[], &mut diagnostics);
    let krate = &arguments.krate;
    let Ok(mut parsed) = syn::parse2::<DeriveInput>(item.clone()) else {
        diagnostics.push(
            first(&item),
            Code::Data,
            "`#[input]` stands on something that is neither a struct nor an enum",
            "",
            "move it to the type that the handler takes",
        );
        let errors = diagnostics.to_compile_errors();
        return quote!(#errors #item);
    };
    once(&mut parsed, "input", &mut diagnostics);
    let read = Item::read(parsed.clone(), "input", &SERDE, &mut diagnostics).map(|item| {
        let rules = rules::of(&item, &mut diagnostics);
        check::check(&item, &rules, &mut diagnostics);
        (item, rules)
    });
    match read {
        Some((item, rules)) if diagnostics.is_empty() => expand::expand(parsed, &item, &rules, krate),
        _ => {
            let errors = diagnostics.to_compile_errors();
            let inert = inert(&parsed, krate);
            let declared = without_derives(without_serde(parsed, "input"), &DERIVED);
            quote!(#errors #declared #inert)
        }
    }
}

fn first(item: &TokenStream) -> TokenStream {
    item.clone().into_iter().take(1).collect()
}
