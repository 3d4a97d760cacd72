//! The expansion: serde and schemars read and show the type, and the runtime's rules check it.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{Generics, LitStr, Path, Type, parse_quote};

use super::rules::{ItemRules, Length, MemberRules, ValueRules};
use crate::data::{Group, Item, Member, Shape, Variant, VariantFields, bound};
use crate::policy;

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

        const _: () = {
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
                    VariantFields::Newtype(other) => rules.first().filter(|_| std::ptr::eq(other, member)),
                    VariantFields::Named(group) => within(&group.0, rules),
                });
            found.next()
        }
        _ => None,
    }
}

struct Writer<'k> {
    krate: &'k Path,
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
                (quote!(transparent), quote!(inline, #(transform = #shown,)* #owner))
            }
            _ => (quote!(deny_unknown_fields), TokenStream::new()),
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

    fn setters(&self, rules: &MemberRules) -> TokenStream {
        let krate = self.krate;
        let room = quote!(#krate::policy);
        let scope = policy::option(rules.scope.as_ref().map(|(scope, _)| policy::expr(scope, &room)));
        let role = policy::option(rules.role.as_ref().map(|(role, _)| policy::expr(role, &room)));
        quote!(const { &#krate::rules::Setters { scope: #scope, role: #role } })
    }

    /// Every rule as it shows itself in the schema.
    fn schema_of(&self, rules: &ValueRules, ty: &Type) -> Vec<TokenStream> {
        let room = {
            let krate = self.krate;
            quote!(#krate::rules)
        };
        let mut shown = Vec::new();
        if let Some(length) = &rules.length {
            let (min, max) = bounds(length);
            shown.push(quote!(#room::length::schema(#min, #max)));
        }
        if let Some(range) = &rules.range {
            let (min, max) = (policy::option(range.min.as_ref()), policy::option(range.max.as_ref()));
            shown.push(quote_spanned!(ty.span()=> #room::range::schema::<#ty>(#min, #max)));
        }
        if let Some(pattern) = &rules.pattern {
            shown.push(quote!(#room::pattern::schema(#pattern)));
        }
        if rules.email.is_some() {
            shown.push(quote!(#room::email::schema()));
        }
        if rules.url.is_some() {
            shown.push(quote!(#room::url::schema()));
        }
        if let Some(custom) = &rules.custom {
            shown.push(quote!(#room::custom::schema(::core::stringify!(#custom))));
        }
        if let Some(inner) = &rules.inner {
            let item: Type = parse_quote!(<#ty as #room::Inner>::Item);
            let inner = self.schema_of(inner, &item);
            shown.push(quote!(#room::inner::schema(|schema| { #((#inner)(schema);)* })));
        }
        shown
    }

    /// Checks `__value` into `__report`.
    fn value_checks(&self, rules: &ValueRules, place: Span) -> TokenStream {
        let room = {
            let krate = self.krate;
            quote!(#krate::rules)
        };
        let mut checks = TokenStream::new();
        if let Some(length) = &rules.length {
            let (min, max) = bounds(length);
            checks.extend(quote_spanned!(place=> #room::length::check(__value, #min, #max, __report);));
        }
        if let Some(range) = &rules.range {
            let (min, max) = (policy::option(range.min.as_ref()), policy::option(range.max.as_ref()));
            checks.extend(quote_spanned!(place=> #room::range::check(__value, #min, #max, __report);));
        }
        if let Some(pattern) = &rules.pattern {
            checks.extend(quote_spanned!(place=> {
                static __PATTERN: #room::pattern::Pattern =
                    #room::pattern::Pattern::new(|| #room::pattern::compile(#pattern));
                #room::pattern::check(__value, &__PATTERN, __report);
            }));
        }
        if rules.email.is_some() {
            checks.extend(quote_spanned!(place=> #room::email::check(__value, __report);));
        }
        if rules.url.is_some() {
            checks.extend(quote_spanned!(place=> #room::url::check(__value, __report);));
        }
        if let Some(inner) = &rules.inner {
            let inner = self.value_checks(inner, place);
            checks.extend(
                quote_spanned!(place=> #room::inner::check(__value, __report, |__value, __report| { #inner });),
            );
        }
        if let Some(custom) = &rules.custom {
            checks.extend(quote!(#room::custom::check(__value, #custom, __report);));
        }
        checks
    }

    /// Everything that is checked of `__value`, a member, into `__report`.
    fn member_checks(&self, member: &Member, rules: &MemberRules) -> TokenStream {
        let krate = self.krate;
        let (ty, place) = (&member.ty, member.ty.span());
        let values = self.value_checks(&rules.value, place);
        let setters = rules.is_restricted().then(|| {
            let setters = self.setters(rules);
            quote_spanned! {place=>
                #krate::rules::access::check(#krate::rules::Presence::is_present(__value), #setters, __report);
            }
        });
        let owner = rules.owner.as_ref();
        let owner = owner.map(|_| quote_spanned!(place=> #krate::rules::access::owner(__value, __report);));
        // A rule of one's own takes the place of the type's, which may come from a crate that knows no rules.
        let nested = rules.value.custom.is_none();
        let nested = nested.then(|| quote_spanned!(place=> <#ty as #krate::data::Input>::check(__value, __report);));
        quote!(#setters #owner #values #nested)
    }

    fn group_checks(&self, group: &Group, rules: &[MemberRules]) -> TokenStream {
        let members = group.0.iter().zip(rules).enumerate();
        let checks = members
            .filter(|(_, (_, rules))| rules.server.is_none())
            .map(|(i, (member, rules))| {
                let (bound, name) = (bound(i), &member.name);
                let checks = self.member_checks(member, rules);
                quote! {{
                    let __value = #bound;
                    let __report = &mut __report.at(#name);
                    #checks
                }}
            });
        checks.collect()
    }

    fn check(&self, item: &Item, rules: &ItemRules) -> TokenStream {
        match (&item.shape, rules) {
            (Shape::Named(group), ItemRules::Group(rules)) => {
                let pattern = group.pattern(&|i| rules.get(i).is_some_and(|rules| rules.server.is_none()));
                let checks = self.group_checks(group, rules);
                quote!(let Self #pattern = self; #checks)
            }
            (Shape::Newtype(member), ItemRules::Newtype(rules)) => {
                let checks = self.member_checks(member, rules);
                quote!(let __value = &self.0; #checks)
            }
            (Shape::Enum(variants), ItemRules::Variants(rules)) => {
                let arms = variants
                    .iter()
                    .zip(rules)
                    .map(|(variant, rules)| self.arm(variant, rules));
                let arms: Vec<_> = arms.collect();
                if arms.is_empty() {
                    return quote!(match *self {});
                }
                quote!(match self { #(#arms)* })
            }
            _ => TokenStream::new(),
        }
    }

    fn arm(&self, variant: &Variant, rules: &[MemberRules]) -> TokenStream {
        let ident = &variant.ident;
        match &variant.fields {
            VariantFields::Unit => quote!(Self::#ident => {}),
            VariantFields::Newtype(member) => {
                let checks = rules.first().map(|rules| self.member_checks(member, rules));
                quote!(Self::#ident(__value) => { #checks })
            }
            VariantFields::Named(group) => {
                let pattern = group.pattern(&|i| rules.get(i).is_some_and(|rules| rules.server.is_none()));
                let checks = self.group_checks(group, rules);
                quote!(Self::#ident #pattern => { #checks })
            }
        }
    }

    /// Looks at a value that could not be read. An enum is looked at as a whole.
    fn inspect(&self, item: &Item, rules: &ItemRules) -> TokenStream {
        let krate = self.krate;
        let body = match (&item.shape, rules) {
            (Shape::Named(group), ItemRules::Group(rules)) => self.inspect_group(group, rules, item.naming.default),
            (Shape::Newtype(member), ItemRules::Newtype(rules)) if rules.value.custom.is_none() => {
                let ty = &member.ty;
                quote!(<#ty as #krate::data::Input>::inspect(__node, __report);)
            }
            _ => return TokenStream::new(),
        };
        quote! {
            fn inspect(__node: &#krate::data::Node<'_>, __report: &mut #krate::data::Report<'_>) {
                #body
            }
        }
    }

    fn inspect_group(&self, group: &Group, rules: &[MemberRules], default: bool) -> TokenStream {
        let krate = self.krate;
        let (server, known): (Vec<_>, Vec<_>) =
            group.0.iter().zip(rules).partition(|(_, rules)| rules.server.is_some());
        let names = known.iter().map(|(member, _)| &member.name);
        let server = server.iter().map(|(member, _)| &member.name);
        // What serde reads in another way is not looked at by itself.
        let members = known
            .iter()
            .filter(|(member, _)| !member.naming.reads_otherwise)
            .map(|(member, rules)| {
                let (ty, name) = (&member.ty, &member.name);
                let optional = default || member.naming.default || is_patch(ty);
                let checks = self.member_checks(member, rules);
                let setters = rules.is_restricted().then(|| {
                    let setters = self.setters(rules);
                    quote!(#krate::rules::access::check(true, #setters, __report);)
                });
                let otherwise = if rules.value.custom.is_none() {
                    quote!(<#ty as #krate::data::Input>::inspect(__node, __report);)
                } else {
                    quote!(__node.is_of_another_type(__report);)
                };
                quote! {
                    __members.member(
                        #name,
                        #optional,
                        __report,
                        |__value: &#ty, __report| { #checks },
                        |__node, __report| { #setters #otherwise },
                    );
                }
            });
        quote! {
            let ::core::option::Option::Some(__members) = __node.members(__report) else {
                return;
            };
            __members.only(&[#(#names),*], &[#(#server),*], __report);
            #(#members)*
        }
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

fn bounds(length: &Length) -> (TokenStream, TokenStream) {
    let literal = |bound: &Option<(usize, syn::LitInt)>| policy::option(bound.as_ref().map(|(number, _)| *number));
    (literal(&length.min), literal(&length.max))
}

/// It may always be left out. Decided by its name: an alias needs `#[serde(default)]`, or leaving it out is refused.
fn is_patch(ty: &Type) -> bool {
    crate::shape::last_segment(ty).is_some_and(|name| name == "Patch")
}
