//! The JSON Schema of what is shown, and to whom.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Expr, Lit, Meta, Path};

use super::expand::audience;
use super::exposure::Exposure;
use crate::data::{Group, Item, Member, Shape, VariantFields};

/// The methods of `Output` that describe it.
pub(crate) fn methods(item: &Item, exposures: &[Vec<Exposure>], krate: &Path) -> TokenStream {
    let room = quote!(#krate::data::shown);
    let none = Vec::new();
    let first = exposures.first().unwrap_or(&none);
    let docs = docs(&item.attrs);
    let made = match &item.shape {
        Shape::Newtype(member) => {
            let ty = &member.ty;
            return quote! {
                fn schema(__generator: &mut #krate::data::SchemaGenerator) -> #krate::data::Schema {
                    <#ty as #krate::data::Output>::schema(__generator)
                }
            };
        }
        Shape::Named(group) => {
            let members = members(group, first, krate);
            quote!(#room::object(#docs, #members))
        }
        Shape::Enum(variants) => {
            let tag = option(item.naming.tag.as_ref());
            let content = option(item.naming.content.as_ref());
            let variants = variants.iter().zip(exposures).map(|(variant, exposures)| {
                let cfg = &variant.cfg;
                let (name, docs) = (&variant.name, self::docs(&variant.attrs));
                let content = match &variant.fields {
                    VariantFields::Unit => quote!(::core::option::Option::None),
                    VariantFields::Newtype(member) => {
                        let ty = &member.ty;
                        quote!(::core::option::Option::Some(<#ty as #krate::data::Output>::schema(__generator)))
                    }
                    VariantFields::Named(group) => {
                        let members = members(group, exposures, krate);
                        quote!(::core::option::Option::Some(#room::object(::core::option::Option::None, #members)))
                    }
                };
                quote!(#(#cfg)* (#name, #docs, #content))
            });
            quote!(#room::choice(#docs, #tag, #content, ::core::convert::From::from([#(#variants),*])))
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

/// What somebody may see of a group.
fn members(group: &Group, exposures: &[Exposure], krate: &Path) -> TokenStream {
    let room = quote!(#krate::data::shown);
    let members = group.0.iter().zip(exposures);
    let members = members.filter(|(_, exposure)| !matches!(exposure, Exposure::Nobody | Exposure::Unsaid));
    let members = members.map(|(member, exposure)| member_schema(member, exposure, &room, krate));
    quote!(::core::convert::From::from([#(#members),*]))
}

fn member_schema(member: &Member, exposure: &Exposure, room: &TokenStream, krate: &Path) -> TokenStream {
    let (cfg, name, ty, docs) = (&member.cfg, &member.name, &member.ty, docs(&member.attrs));
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
            schema: <#ty as #krate::data::Output>::schema(__generator),
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
