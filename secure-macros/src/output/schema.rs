//! The JSON Schema of what is shown, and to whom.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{Attribute, Expr, Lit, Meta, Path};

use super::expand::{audience, shown};
use super::exposure::Exposure;
use crate::data::{Group, Item, Member, Shape, Variant, VariantFields, is_plain, own};

/// The methods of `Output` that describe it.
pub(crate) fn methods(item: &Item, exposures: &[Vec<Exposure>], krate: &Path) -> TokenStream {
    let room = quote!(#krate::data::shown);
    let none = Vec::new();
    let first = exposures.first().unwrap_or(&none);
    let docs = docs(&item.attrs);
    let made = match &item.shape {
        Shape::Newtype(member) => {
            let own = own("OUTPUT", 0, 0);
            // What may hold itself is referred to by its name.
            if is_plain(&member.ty) {
                return quote! {
                    fn schema(__generator: &mut #krate::data::SchemaGenerator) -> #krate::data::Schema {
                        (Self::#own)(__generator)
                    }
                };
            }
            quote!((Self::#own)(__generator))
        }
        Shape::Named(group) => {
            let members = members(0, group, first, krate);
            quote!(#room::object(#docs, #members))
        }
        Shape::Enum(variants) => {
            let tag = option(item.naming.tag.as_ref());
            let content = option(item.naming.content.as_ref());
            let variants = variants.iter().zip(exposures).enumerate();
            let variants = variants.map(|(v, (variant, exposures))| choice(v, variant, exposures, krate));
            let variants = quote!(::core::convert::From::from([#(#variants),*]));
            quote!(#room::choice(#docs, #tag, #content, #variants))
        }
    };
    quote! {
        fn schema(__generator: &mut #krate::data::SchemaGenerator) -> #krate::data::Schema {
            #room::named::<Self>(__generator)
        }

        #[allow(unused_variables)]
        fn describe(__generator: &mut #krate::data::SchemaGenerator) -> #krate::data::Schema {
            #made
        }
    }
}

/// One variant of several: its name, its documentation, and what it holds.
fn choice(index: usize, variant: &Variant, exposures: &[Exposure], krate: &Path) -> TokenStream {
    let room = quote!(#krate::data::shown);
    let (cfg, name, docs) = (&variant.cfg, &variant.name, docs(&variant.attrs));
    let content = match &variant.fields {
        VariantFields::Unit => None,
        VariantFields::Newtype(_) => {
            let own = own("OUTPUT", index, 0);
            Some(quote!((Self::#own)(__generator)))
        }
        VariantFields::Named(group) => {
            let members = members(index, group, exposures, krate);
            Some(quote!(#room::object(::core::option::Option::None, #members)))
        }
    };
    let content = option(content);
    quote!(#(#cfg)* (#name, #docs, #content))
}

/// What the types of the members say of themselves, each as a constant: the one place where one that is no output is an
/// error.
pub(crate) fn constants(item: &Item, exposures: &[Vec<Exposure>], krate: &Path) -> TokenStream {
    let constants = shown(item, exposures).into_iter().map(|(group, index, member)| {
        let (cfg, own, ty) = (&member.cfg, own("OUTPUT", group, index), &member.ty);
        quote! {
            #(#cfg)*
            const #own: fn(&mut #krate::data::SchemaGenerator) -> #krate::data::Schema =
                <#ty as #krate::data::Output>::schema;
        }
    });
    constants.collect()
}

/// What somebody may see of a group.
fn members(index: usize, group: &Group, exposures: &[Exposure], krate: &Path) -> TokenStream {
    let room = quote!(#krate::data::shown);
    let members = group.0.iter().zip(exposures).enumerate();
    let members = members.filter(|(_, (_, exposure))| !matches!(exposure, Exposure::Nobody | Exposure::Unsaid));
    let members =
        members.map(|(i, (member, exposure))| member_schema(&own("OUTPUT", index, i), member, exposure, &room, krate));
    quote!(::core::convert::From::from([#(#members),*]))
}

fn member_schema(own: &Ident, member: &Member, exposure: &Exposure, room: &TokenStream, krate: &Path) -> TokenStream {
    let (cfg, name, docs) = (&member.cfg, &member.name, docs(&member.attrs));
    let audience = match exposure {
        Exposure::Some(who) => {
            let constant = audience(who, krate);
            quote!(::core::option::Option::Some(#constant))
        }
        _ => quote!(::core::option::Option::None),
    };
    let always = member.naming.skip_serializing_if.is_none();
    quote! {
        #(#cfg)*
        #room::Member {
            name: #name,
            docs: #docs,
            schema: (Self::#own)(__generator),
            audience: #audience,
            always: #always,
        }
    }
}

/// The first paragraph of the documentation.
fn docs(attrs: &[Attribute]) -> TokenStream {
    let lines = attrs.iter().filter_map(|attr| match &attr.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            Expr::Lit(lit) => match &lit.lit {
                Lit::Str(text) => Some(text.value().trim().to_owned()),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    });
    // The first paragraph says what it is.
    let text = lines.take_while(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    option((!text.is_empty()).then_some(text))
}

fn option(value: Option<impl quote::ToTokens>) -> TokenStream {
    crate::policy::option(value)
}
