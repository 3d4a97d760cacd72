//! `#[output]`: the same stages as `#[secure]`, over a type.

mod check;
mod expand;
mod exposure;
mod schema;
mod variants;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, LitStr, Meta};

use crate::data::{Arguments, Item, SerdeKeys, once, without_serde};
use crate::diagnostic::{Code, Diagnostics};
use crate::options::text;

/// What serde may be told beside the attribute: names, and what is left out where it is empty. `flatten` would write the
/// members of another type, `with` and `into` something else than the value.
const SERDE: SerdeKeys = SerdeKeys {
    item: &[
        "bound",
        "content",
        "crate",
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
        "skip_deserializing",
        "skip_serializing_if",
    ],
};

/// Tokens in, tokens out.
pub(crate) fn output(args: TokenStream, item: TokenStream) -> TokenStream {
    let mut diagnostics = Diagnostics::default();
    let arguments = Arguments::parse(args, &["owner"], &mut diagnostics);
    let krate = &arguments.krate;
    let Ok(mut parsed) = syn::parse2::<DeriveInput>(item.clone()) else {
        diagnostics.push(
            item.clone().into_iter().take(1).collect::<TokenStream>(),
            Code::Data,
            "`#[output]` stands on something that is neither a struct nor an enum",
            "",
            "move it to the type that the handler answers with",
        );
        let errors = diagnostics.to_compile_errors();
        return quote!(#errors #item);
    };
    once(&mut parsed, "output", &mut diagnostics);
    let (name, generics) = (parsed.ident.clone(), parsed.generics.clone());
    let declared = without_serde(parsed.clone(), "expose");
    let owner = owner(&arguments.others, &mut diagnostics);
    let expansion = Item::read(parsed, "expose", &SERDE, &mut diagnostics).map(|item| {
        let exposures = exposure::of(&item, &mut diagnostics);
        check::check(&item, &exposures, owner.as_ref(), &mut diagnostics);
        (item, exposures)
    });
    match expansion {
        Some((item, exposures)) if diagnostics.is_empty() => {
            let shown = expand::expand(&item, &exposures, owner.as_ref(), krate);
            quote!(#declared #shown)
        }
        _ => {
            let errors = diagnostics.to_compile_errors();
            let inert = expand::inert(&name, &generics, krate);
            quote!(#errors #declared #inert)
        }
    }
}

/// The member that says whose the value is.
fn owner(metas: &[Meta], diagnostics: &mut Diagnostics) -> Option<LitStr> {
    let meta = metas.first()?;
    text(meta, "owner = \"user_id\"", diagnostics)
}
