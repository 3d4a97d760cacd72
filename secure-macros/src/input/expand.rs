//! The expansion: serde and schemars read and show the type, and the runtime's rules check it.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::punctuated::Punctuated;
use syn::{Attribute, Generics, LitStr, Meta, Path, Token, Type, parse_quote};

use super::rules::{ItemRules, MemberRules};
use crate::data::{Item, Member, Shape, is_plain};
use crate::options::name_of;

/// The type, and what reads, checks and shows it.
pub(crate) fn expand(item: &Item, rules: &ItemRules, krate: &Path) -> TokenStream {
    let writer = Writer { krate };
    // What serde is told stands below the derive that reads it.
    let (told, attrs): (Vec<_>, Vec<_>) = item.attrs.iter().partition(|attr| attr.path().is_ident("serde"));
    let told = told.into_iter().map(without_tag);
    let derives = writer.derives(item, rules);
    let extra = |member: &Member| writer.member_attributes(item, member, find(item, rules, member));
    let declaration = item.declaration(&extra);
    let check = writer.check(item, rules);
    let inspect = writer.inspect(item, rules);
    let functions = writer.functions(item, rules);
    let name = &item.ident;
    let mut generics = item.generics.clone();
    for parameter in generics.type_params_mut() {
        parameter.bounds.push(parse_quote!(#krate::data::Input));
        parameter.bounds.push(parse_quote!(#krate::data::JsonSchema));
    }
    let (impl_generics, type_generics, clause) = generics.split_for_impl();
    let identifier = writer.identifier(item);
    let tagged = writer.tagged(item, &generics);
    quote! {
        #(#attrs)*
        #derives
        #(#told)*
        #declaration

        #[allow(deprecated)]
        const _: () = {
            impl #impl_generics #name #type_generics #clause {
                #functions
            }

            impl #impl_generics #krate::data::Input for #name #type_generics #clause {
                #[allow(unused_variables)]
                fn check(&self, __report: &mut #krate::data::Report<'_>) {
                    #check
                }

                #inspect

                fn schema(generator: &mut #krate::data::SchemaGenerator) -> #krate::data::Schema {
                    generator.subschema_for::<Self>()
                }
            }

            #identifier
            #tagged
        };
    }
}

/// What serde is told, without the tag: serde reads tagged enums through a buffer in which a list passes for an object.
fn without_tag(attr: &Attribute) -> TokenStream {
    let Ok(metas) = attr.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated) else {
        return quote!(#attr);
    };
    let kept = metas
        .into_iter()
        .filter(|meta| !["tag", "content"].contains(&name_of(meta).as_str()));
    let kept: Vec<_> = kept.collect();
    if kept.is_empty() {
        return TokenStream::new();
    }
    quote!(#[serde(#(#kept),*)])
}

/// The rules of a member, with the index of its group and its own.
fn find<'r>(item: &Item, rules: &'r ItemRules, member: &Member) -> Option<(usize, usize, &'r MemberRules)> {
    let mut groups = item.members().into_iter().zip(rules.groups()).enumerate();
    groups.find_map(|(group, (members, rules))| {
        let index = members.iter().position(|other| std::ptr::eq(other, member))?;
        Some((group, index, rules.get(index)?))
    })
}

/// Writes paths into the runtime.
pub(super) struct Writer<'k> {
    pub(super) krate: &'k Path,
}

impl Writer<'_> {
    fn derives(&self, item: &Item, rules: &ItemRules) -> TokenStream {
        let krate = self.krate;
        let text = |path: TokenStream| {
            let path: String = path.to_string().split_whitespace().collect();
            LitStr::new(&path, Span::call_site())
        };
        let (serde, schemars) = (text(quote!(#krate::data::serde)), text(quote!(#krate::data::schemars)));
        let (form, shown) = match (&item.shape, rules) {
            (Shape::Newtype(member), ItemRules::Newtype(rules)) => {
                let shown = self.schema_of(&rules.value, &member.ty);
                let owner = rules
                    .owner
                    .as_ref()
                    .map(|_| quote!(transform = #krate::rules::access::owner_schema(),));
                let form = (!item.naming.transparent).then(|| quote!(transparent));
                let inline = is_plain(&member.ty).then(|| quote!(inline,));
                // Where nothing is told, schemars takes the type for the other one, and asks it in six places.
                let untold = shown.is_empty() && owner.is_none() && !is_plain(&member.ty);
                let told = untold.then(|| quote!(transform = |_: &mut #krate::data::Schema| {},));
                (form, quote!(#inline #(transform = #shown,)* #owner #told))
            }
            _ => {
                let form = (!item.naming.deny_unknown_fields).then(|| quote!(deny_unknown_fields,));
                let tag = item.naming.tag.as_ref();
                let remote = tag.map(|_| quote!(remote = "Self"));
                let tag = tag.map(|tag| quote!(tag = #tag,));
                let content = item.naming.content.as_ref().map(|content| quote!(content = #content,));
                (Some(quote!(#form #remote)), quote!(#tag #content))
            }
        };
        quote! {
            #[derive(#krate::data::Deserialize, #krate::data::JsonSchema)]
            #[serde(crate = #serde, #form)]
            #[schemars(crate = #schemars, #shown)]
        }
    }

    /// Reads a tagged enum as an object, and the rest as if it stood under the variant's name.
    fn tagged(&self, item: &Item, generics: &Generics) -> TokenStream {
        let (krate, name, content) = (self.krate, &item.ident, item.naming.content.as_ref());
        let Some(tag) = &item.naming.tag else {
            return TokenStream::new();
        };
        let content = crate::policy::option(content);
        let (impl_generics, type_generics, clause) = generics.split_for_impl();
        let mut reading = generics.clone();
        reading.params.insert(0, parse_quote!('__de));
        let (reading, _, _) = reading.split_for_impl();
        quote! {
            impl #impl_generics #krate::data::External for #name #type_generics #clause {
                fn read<'__de, __D: #krate::data::serde::Deserializer<'__de>>(
                    __deserializer: __D,
                ) -> ::core::result::Result<Self, __D::Error> {
                    // The derive's, which is no trait's.
                    Self::deserialize(__deserializer)
                }
            }

            impl #reading #krate::data::serde::Deserialize<'__de> for #name #type_generics #clause {
                fn deserialize<__D: #krate::data::serde::Deserializer<'__de>>(
                    __deserializer: __D,
                ) -> ::core::result::Result<Self, __D::Error> {
                    #krate::data::tagged(__deserializer, #tag, #content)
                }
            }
        }
    }

    fn member_attributes(
        &self,
        item: &Item,
        member: &Member,
        found: Option<(usize, usize, &MemberRules)>,
    ) -> TokenStream {
        let krate = self.krate;
        let Some((group, index, rules)) = found.filter(|_| !matches!(item.shape, Shape::Newtype(_))) else {
            return TokenStream::new();
        };
        if rules.server.is_some() {
            let default = has_default_of_ours(item, member).then(|| {
                let path = format!("{}::{}", item.ident, default_of(group, index));
                let path = LitStr::new(&path, Span::call_site());
                quote!(, default = #path)
            });
            return quote!(#[serde(skip_deserializing #default)] #[schemars(skip)]);
        }
        let shown = self.schema_of(&rules.value, &member.ty);
        let setters = rules.is_restricted().then(|| {
            let setters = self.setters(rules);
            quote!(#[schemars(transform = #krate::rules::access::schema(#setters))])
        });
        let owner = rules.owner.as_ref();
        let owner = owner.map(|_| quote!(#[schemars(transform = #krate::rules::access::owner_schema())]));
        let default = is_patch(&member.ty) && !member.naming.default;
        let default = default.then(|| quote!(#[serde(default)]));
        quote!(#(#[schemars(transform = #shown)])* #setters #owner #default)
    }

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
