//! After a fault: what the expansion would have brought, without a word of what stands in the type.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, Path, parse_quote};

use crate::data::is_newtype;

/// The type can be named and used, and nothing else turns red.
pub(super) fn inert(item: &DeriveInput, krate: &Path) -> TokenStream {
    let (name, generics) = (&item.ident, &item.generics);
    let (impl_generics, type_generics, clause) = generics.split_for_impl();
    let mut reading = generics.clone();
    reading.params.insert(0, parse_quote!('__de));
    let (reading, _, _) = reading.split_for_impl();
    let identifier = (generics.params.is_empty() && is_newtype(&item.data)).then(|| {
        quote! {
            impl #krate::Identifier for #name {
                fn names(&self, _: &str) -> bool {
                    false
                }
            }
        }
    });
    quote! {
        #[allow(deprecated)]
        const _: () = {
            impl #reading #krate::data::serde::Deserialize<'__de> for #name #type_generics #clause {
                fn deserialize<__D: #krate::data::serde::Deserializer<'__de>>(
                    _: __D,
                ) -> ::core::result::Result<Self, __D::Error> {
                    ::core::result::Result::Err(#krate::data::serde::de::Error::custom("does not compile"))
                }
            }

            impl #impl_generics #krate::data::JsonSchema for #name #type_generics #clause {
                fn schema_name() -> ::std::borrow::Cow<'static, str> {
                    ::std::borrow::Cow::Borrowed("")
                }

                fn json_schema(_: &mut #krate::data::SchemaGenerator) -> #krate::data::Schema {
                    ::core::default::Default::default()
                }
            }

            impl #impl_generics #krate::data::Input for #name #type_generics #clause {
                fn check(&self, _: &mut #krate::data::Report<'_>) {}
            }

            #identifier
        };
    }
}
