//! The four forms of an enum: by itself, under its name, tagged among its members, and tagged beside its content.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{LitStr, parse_quote};

use super::expand::{Form, Writer};
use super::exposure::Exposure;
use crate::data::{Group, Variant, VariantFields};
use crate::names::plain;

impl Writer<'_> {
    /// The arm of a `match` that writes a variant.
    pub(super) fn arm(&self, index: usize, variant: &Variant, all: &[Vec<Exposure>]) -> TokenStream {
        let krate = self.krate;
        let (cfg, ident, name) = (&variant.cfg, &variant.ident, &variant.name);
        let item = plain(&self.item.ident);
        let exposures = all.get(index).map_or(&[][..], Vec::as_slice);
        let number = u32::try_from(index).unwrap_or(u32::MAX);
        let tag = self.item.naming.tag.as_ref();
        let content = self.item.naming.content.as_ref();
        let arm = match (&variant.fields, tag, content) {
            (VariantFields::Unit, None, _) => {
                quote!(Self::#ident => __serializer.serialize_unit_variant(#item, #number, #name),)
            }
            (VariantFields::Unit, Some(tag), _) => quote! {
                Self::#ident => {
                    let mut __struct = __serializer.serialize_struct(#item, 1)?;
                    #krate::data::SerializeStruct::serialize_field(&mut __struct, #tag, #name)?;
                    #krate::data::SerializeStruct::end(__struct)
                }
            },
            (VariantFields::Newtype(member), None, _) => {
                let value = self.shown(member, &quote!(__value));
                quote!(Self::#ident(__value) => __serializer.serialize_newtype_variant(#item, #number, #name, &#value),)
            }
            (VariantFields::Newtype(member), Some(tag), Some(content)) => {
                let value = self.shown(member, &quote!(__value));
                quote! {
                    Self::#ident(__value) => {
                        let mut __struct = __serializer.serialize_struct(#item, 2)?;
                        #krate::data::SerializeStruct::serialize_field(&mut __struct, #tag, #name)?;
                        #krate::data::SerializeStruct::serialize_field(&mut __struct, #content, &#value)?;
                        #krate::data::SerializeStruct::end(__struct)
                    }
                }
            }
            // Refused before.
            (VariantFields::Newtype(_), Some(_), None) => TokenStream::new(),
            (VariantFields::Named(group), None, _) => {
                let pattern = self.pattern(group, exposures);
                let form = Form::Variant {
                    item: &item,
                    number,
                    name,
                };
                let written = self.group(group, exposures, &form);
                quote!(Self::#ident #pattern => { #written })
            }
            (VariantFields::Named(group), Some(tag), None) => {
                let pattern = self.pattern(group, exposures);
                let form = Form::Struct {
                    name: &item,
                    tag: Some((tag, name)),
                };
                let written = self.group(group, exposures, &form);
                quote!(Self::#ident #pattern => { #written })
            }
            (VariantFields::Named(group), Some(tag), Some(content)) => {
                self.adjacent(&item, variant, group, (exposures, all), (tag, content))
            }
        };
        quote!(#(#cfg)* #arm)
    }

    /// `{"tag": …, "content": {…}}`: the content is a type of its own, made here.
    fn adjacent(
        &self,
        item: &str,
        variant: &Variant,
        group: &Group,
        (exposures, all): (&[Exposure], &[Vec<Exposure>]),
        (tag, content): (&LitStr, &LitStr),
    ) -> TokenStream {
        let krate = self.krate;
        let (ident, name) = (&variant.ident, &variant.name);
        let pattern = self.pattern(group, exposures);
        let written = self.group(group, exposures, &Form::Struct { name, tag: None });
        let generics = &self.item.generics;
        let this = &self.item.ident;
        let mut bounded = generics.clone();
        for parameter in bounded.type_params_mut() {
            parameter.bounds.push(parse_quote!(#krate::data::Output));
        }
        bounded.params.insert(0, parse_quote!('__v));
        bounded.make_where_clause().predicates.extend(self.declared(all));
        let (impl_generics, _, clause) = bounded.split_for_impl();
        let (_, type_generics, _) = generics.split_for_impl();
        quote! {
            __this @ Self::#ident { .. } => {
                struct __Content<'__v, __T>(&'__v __T, &'__v #krate::data::Viewer);
                impl #impl_generics #krate::data::Serialize for __Content<'__v, #this #type_generics> #clause {
                    fn serialize<__S: #krate::data::Serializer>(
                        &self,
                        __serializer: __S,
                    ) -> ::core::result::Result<__S::Ok, __S::Error> {
                        let __viewer = self.1;
                        match self.0 {
                            #this::#ident #pattern => { #written }
                            _ => __serializer.serialize_unit(),
                        }
                    }
                }
                let mut __struct = __serializer.serialize_struct(#item, 2)?;
                #krate::data::SerializeStruct::serialize_field(&mut __struct, #tag, #name)?;
                #krate::data::SerializeStruct::serialize_field(&mut __struct, #content, &__Content(__this, __viewer))?;
                #krate::data::SerializeStruct::end(__struct)
            }
        }
    }
}
