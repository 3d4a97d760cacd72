//! The expansion: serde and schemars read and show the type, and the runtime's rules check it.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::{Generics, LitStr, Path, Type, parse_quote};

use super::rules::{ItemRules, MemberRules};
use crate::data::{Item, Member, Shape, VariantFields};

/// The type, and what reads, checks and shows it.
pub(crate) fn expand(item: &Item, rules: &ItemRules, krate: &Path) -> TokenStream {
    let writer = Writer { krate };
    // What serde is told stands below the derive that reads it.
    let (told, attrs): (Vec<_>, Vec<_>) = item.attrs.iter().partition(|attr| attr.path().is_ident("serde"));
    let derives = writer.derives(item, rules);
    let extra = |member: &Member| writer.member_attributes(member, find(item, rules, member));
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
        };
    }
}

/// After a fault: the type can be named and used, and nothing else turns red.
pub(crate) fn inert(name: &Ident, generics: &Generics, krate: &Path) -> TokenStream {
    let (impl_generics, type_generics, clause) = generics.split_for_impl();
    let mut reading = generics.clone();
    reading.params.insert(0, parse_quote!('__de));
    let (reading, _, _) = reading.split_for_impl();
    quote! {
        #[allow(deprecated)]
        const _: () = {
            impl #reading #krate::data::serde::Deserialize<'__de> for #name #type_generics #clause {
                fn deserialize<D: #krate::data::serde::Deserializer<'__de>>(
                    _: D,
                ) -> ::core::result::Result<Self, D::Error> {
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

            impl #impl_generics #krate::Identifier for #name #type_generics #clause {
                fn names(&self, _: &str) -> bool {
                    false
                }
            }
        };
    }
}

/// The rules of a member.
fn find<'r>(item: &Item, rules: &'r ItemRules, member: &Member) -> Option<&'r MemberRules> {
    let within = |group: &[Member], rules: &'r [MemberRules]| {
        let index = group.iter().position(|other| std::ptr::eq(other, member))?;
        rules.get(index)
    };
    match (&item.shape, rules) {
        (Shape::Named(group), ItemRules::Group(rules)) => within(&group.0, rules),
        (Shape::Newtype(_), ItemRules::Newtype(rules)) => Some(rules),
        (Shape::Enum(variants), ItemRules::Variants(rules)) => {
            let mut found = variants
                .iter()
                .zip(rules)
                .filter_map(|(variant, rules)| match &variant.fields {
                    VariantFields::Unit => None,
                    VariantFields::Newtype(other) => rules.first().filter(|_| std::ptr::eq(&**other, member)),
                    VariantFields::Named(group) => within(&group.0, rules),
                });
            found.next()
        }
        _ => None,
    }
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
                (form, quote!(inline, #(transform = #shown,)* #owner))
            }
            _ => {
                let form = (!item.naming.deny_unknown_fields).then(|| quote!(deny_unknown_fields));
                (form, TokenStream::new())
            }
        };
        quote! {
            #[derive(#krate::data::Deserialize, #krate::data::JsonSchema)]
            #[serde(crate = #serde, #form)]
            #[schemars(crate = #schemars, #shown)]
        }
    }

    fn member_attributes(&self, member: &Member, rules: Option<&MemberRules>) -> TokenStream {
        let krate = self.krate;
        let Some(rules) = rules.filter(|_| member.ident.is_some()) else {
            return TokenStream::new();
        };
        if rules.server.is_some() {
            return quote!(#[serde(skip_deserializing)] #[schemars(skip)]);
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

/// It may always be left out. Decided by its name: an alias needs `#[serde(default)]`, or leaving it out is refused.
pub(super) fn is_patch(ty: &Type) -> bool {
    crate::shape::last_segment(ty).is_some_and(|name| name == "Patch")
}
