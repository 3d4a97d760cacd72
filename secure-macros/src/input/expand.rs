//! The expansion: serde and schemars read and show the type, and the runtime's rules check it.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::{DeriveInput, Path, Type, parse_quote};

use super::reading::Reading;
use super::rules::ItemRules;
use crate::data::{Item, Member, Shape};

/// The type, which is `declared` so, and what reads, checks and shows it.
pub(crate) fn expand(declared: DeriveInput, item: &Item, rules: &ItemRules, krate: &Path) -> TokenStream {
    let writer = Writer { krate };
    let check = writer.check(item, rules);
    let functions = writer.functions(item, rules);
    let name = &item.ident;
    let mut generics = item.generics.clone();
    for parameter in generics.type_params_mut() {
        parameter.bounds.push(parse_quote!(#krate::data::Parameter));
    }
    let (impl_generics, type_generics, clause) = generics.split_for_impl();
    let identifier = writer.identifier(item);
    let Reading {
        declared,
        inspect,
        apart,
    } = writer.reading(declared, item, rules, &generics);
    quote! {
        #declared

        #[allow(deprecated, single_use_lifetimes)]
        const _: () = {
            #[allow(unused_imports)]
            use #krate::data::Unruled as _;

            impl #impl_generics #name #type_generics #clause {
                #functions
            }

            impl #impl_generics #krate::data::Input for #name #type_generics #clause {
                #[allow(unused_variables)]
                fn check(&self, __report: &mut #krate::data::Report<'_>) {
                    #check
                }

                fn inspect(__node: &#krate::data::Node<'_>, __report: &mut #krate::data::Report<'_>) {
                    #inspect
                }

                fn schema(generator: &mut #krate::data::SchemaGenerator) -> #krate::data::Schema {
                    generator.subschema_for::<Self>()
                }
            }

            #identifier
            #apart
        };
    }
}

/// Writes paths into the runtime.
pub(super) struct Writer<'k> {
    pub(super) krate: &'k Path,
}

impl Writer<'_> {
    /// A newtype of what can be compared with the caller can be compared as well.
    fn identifier(&self, item: &Item) -> TokenStream {
        let Shape::Newtype(member) = &item.shape else {
            return TokenStream::new();
        };
        if !item.generics.params.is_empty() {
            return TokenStream::new();
        }
        let (krate, name, ty) = (self.krate, &item.ident, &member.ty);
        // Higher-ranked, or it would be an error where the inner type is no identifier.
        quote! {
            impl #krate::Identifier for #name
            where
                for<'__a> #ty: #krate::Identifier,
            {
                fn names(&self, who: &str) -> bool {
                    #krate::Identifier::names(&self.0, who)
                }
            }
        }
    }
}

/// What the server sets is what a function of ours makes: that its type has no `Default` is an error in one place. The path
/// of the function is a string, which cannot name the parameters of a generic type.
pub(super) fn has_default_of_ours(item: &Item, member: &Member) -> bool {
    item.generics.params.is_empty() && !item.naming.default && !member.naming.default
}

/// `__default_0_2`: what makes the member of this index in the group of that.
pub(super) fn default_of(group: usize, index: usize) -> Ident {
    format_ident!("__default_{group}_{index}")
}

/// It may always be left out. Decided by its name: an alias needs `#[serde(default)]`, or leaving it out is refused.
pub(super) fn is_patch(ty: &Type) -> bool {
    crate::shape::last_segment(ty).is_some_and(|name| name == "Patch")
}
