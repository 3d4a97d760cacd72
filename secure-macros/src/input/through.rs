//! What makes the reading and the schema of a type's copy its own, and what takes their place where a member has no rules.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, Generics, parse_quote};

use super::expand::Writer;
use super::rules::ItemRules;
use crate::data::Item;

impl Writer<'_> {
    /// `generics` are the type's own, with the bounds of an input; `inspect` is the body of `Input::inspect`, which reads the
    /// members as well.
    pub(super) fn through(
        &self,
        copy: &DeriveInput,
        item: &Item,
        rules: &ItemRules,
        generics: &Generics,
        inspect: &TokenStream,
    ) -> TokenStream {
        let (krate, name, copied) = (self.krate, &item.ident, &copy.ident);
        let (_, copy_generics, _) = copy.generics.split_for_impl();
        let turbofish = copy_generics.as_turbofish();
        let mut declared = generics.clone();
        let conditions = self.conditions(item, rules);
        declared
            .make_where_clause()
            .predicates
            .extend(conditions.iter().cloned());
        let (_, _, declared) = declared.split_for_impl();
        let (impl_generics, type_generics, clause) = generics.split_for_impl();
        let mut reading = generics.clone();
        reading.params.insert(0, parse_quote!('de));
        let (reading, _, _) = reading.split_for_impl();
        let signature = quote! {
            fn __read<'__de, __D: #krate::data::serde::Deserializer<'__de>>(
                __deserializer: __D,
            ) -> ::core::result::Result<Self, __D::Error>
        };
        let read = match &item.naming.tag {
            None => quote!(Self::__read(__deserializer)),
            Some(tag) => {
                let content = crate::policy::option(item.naming.content.as_ref());
                quote!(#krate::data::tagged(__deserializer, #tag, #content))
            }
        };
        // Reads a tagged enum as an object, and the rest as if it stood under the variant's name.
        let external = item.naming.tag.as_ref().map(|_| {
            quote! {
                impl #impl_generics #krate::data::External for #name #type_generics #clause {
                    fn read<'__de, __D: #krate::data::serde::Deserializer<'__de>>(
                        __deserializer: __D,
                    ) -> ::core::result::Result<Self, __D::Error> {
                        Self::__read(__deserializer)
                    }
                }
            }
        });
        // Of it, schemars asks what stands in members that are left out.
        let default = item.naming.default.then(|| {
            quote! {
                #[allow(dead_code)]
                impl #impl_generics #copied #copy_generics #declared {
                    fn default() -> #name #type_generics {
                        ::core::default::Default::default()
                    }
                }
            }
        });
        let undeclared = (!conditions.is_empty()).then(|| {
            quote! {
                /// Takes its place where a member has no rules, so that the constants above are the one error.
                #[allow(dead_code)]
                trait __Undeclared: ::core::marker::Sized {
                    #signature {
                        ::core::result::Result::Err(#krate::data::serde::de::Error::custom("does not compile"))
                    }

                    fn __inspect(_: &#krate::data::Node<'_>, _: &mut #krate::data::Report<'_>) {}

                    fn __derived() -> #krate::data::Derived {
                        #krate::data::Derived::default()
                    }
                }

                impl #impl_generics __Undeclared for #name #type_generics #clause {}
            }
        });
        quote! {
            #default

            impl #impl_generics #name #type_generics #declared {
                #[inline]
                #signature {
                    #copied #turbofish::deserialize(__deserializer)
                }

                fn __inspect(__node: &#krate::data::Node<'_>, __report: &mut #krate::data::Report<'_>) {
                    #inspect
                }

                fn __derived() -> #krate::data::Derived {
                    #krate::data::Derived::of::<#copied #copy_generics>()
                }
            }

            #undeclared
            #external

            impl #reading #krate::data::serde::Deserialize<'de> for #name #type_generics #clause {
                #[inline]
                fn deserialize<__D: #krate::data::serde::Deserializer<'de>>(
                    __deserializer: __D,
                ) -> ::core::result::Result<Self, __D::Error> {
                    #read
                }
            }

            impl #impl_generics #krate::data::JsonSchema for #name #type_generics #clause {
                fn inline_schema() -> ::core::primitive::bool {
                    Self::__derived().is_inline()
                }

                fn schema_name() -> #krate::data::Name {
                    Self::__derived().name()
                }

                fn schema_id() -> #krate::data::Name {
                    Self::__derived().id()
                }

                fn json_schema(generator: &mut #krate::data::SchemaGenerator) -> #krate::data::Schema {
                    Self::__derived().schema(generator)
                }
            }
        }
    }
}
