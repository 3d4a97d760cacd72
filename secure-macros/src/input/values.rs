//! The rules of one value, as calls into the runtime: what checks it, and what shows it in the schema.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{Type, parse_quote};

use super::expand::Writer;
use super::rules::{Length, MemberRules, ValueRules};
use crate::data::{Member, variable};
use crate::policy;

impl Writer<'_> {
    pub(super) fn setters(&self, rules: &MemberRules) -> TokenStream {
        let krate = self.krate;
        let room = quote!(#krate::policy);
        let scope = policy::option(rules.scope.as_ref().map(|(scope, _)| policy::expr(scope, &room)));
        let role = policy::option(rules.role.as_ref().map(|(role, _)| policy::expr(role, &room)));
        quote!(const { &#krate::rules::Setters { scope: #scope, role: #role } })
    }

    /// Every rule as it shows itself in the schema.
    pub(super) fn schema_of(&self, rules: &ValueRules, ty: &Type) -> Vec<TokenStream> {
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
    pub(super) fn value_checks(&self, rules: &ValueRules, place: Span) -> TokenStream {
        let room = {
            let krate = self.krate;
            quote!(#krate::rules)
        };
        let (value, report) = variables(place);
        let mut checks = TokenStream::new();
        if let Some(length) = &rules.length {
            let (min, max) = bounds(length);
            checks.extend(quote_spanned!(place=> #room::length::check(#value, #min, #max, #report);));
        }
        if let Some(range) = &rules.range {
            let (min, max) = (policy::option(range.min.as_ref()), policy::option(range.max.as_ref()));
            checks.extend(quote_spanned!(place=> #room::range::check(#value, #min, #max, #report);));
        }
        if let Some(pattern) = &rules.pattern {
            checks.extend(quote_spanned!(place=> {
                static __PATTERN: #room::pattern::Pattern =
                    #room::pattern::Pattern::new(|| #room::pattern::compile(#pattern));
                #room::pattern::check(#value, &__PATTERN, #report);
            }));
        }
        if rules.email.is_some() {
            checks.extend(quote_spanned!(place=> #room::email::check(#value, #report);));
        }
        if rules.url.is_some() {
            checks.extend(quote_spanned!(place=> #room::url::check(#value, #report);));
        }
        if let Some(inner) = &rules.inner {
            let inner = self.value_checks(inner, place);
            checks.extend(quote_spanned!(place=> #room::inner::check(#value, #report, |#value, #report| { #inner });));
        }
        if let Some(custom) = &rules.custom {
            checks.extend(quote!(#room::custom::check(#value, #custom, #report);));
        }
        checks
    }

    /// What the type of a member says itself, as a constant: the one place where a type without rules is an error.
    pub(super) fn own_rules(&self, own: &Ident, member: &Member, rules: &MemberRules) -> Option<TokenStream> {
        let krate = self.krate;
        let (cfg, ty, place) = (&member.cfg, &member.ty, member.ty.span());
        let input = quote_spanned!(place=> <#ty as #krate::data::Input>);
        rules.unchecked.is_none().then(|| {
            quote! {
                #(#cfg)*
                const #own: (
                    fn(&#ty, &mut #krate::data::Report<'_>),
                    fn(&#krate::data::Node<'_>, &mut #krate::data::Report<'_>),
                ) = (#input::check, #input::inspect);
            }
        })
    }

    /// Everything that is checked of `__value`, a member, into `__report`.
    pub(super) fn member_checks(&self, own: &Ident, member: &Member, rules: &MemberRules) -> TokenStream {
        let krate = self.krate;
        let place = member.ty.span();
        let (value, report) = variables(place);
        let values = self.value_checks(&rules.value, place);
        let setters = rules.is_restricted().then(|| {
            let setters = self.setters(rules);
            quote_spanned! {place=>
                #krate::rules::access::check(#krate::rules::Presence::is_present(#value), #setters, #report);
            }
        });
        let owner = rules.owner.as_ref();
        let owner = owner.map(|_| quote_spanned!(place=> #krate::rules::access::owner(#value, #report);));
        let nested = rules.unchecked.is_none();
        let nested = nested.then(|| quote!((Self::#own.0)(#value, #report);));
        quote!(#setters #owner #values #nested)
    }
}

/// `__value` and `__report`.
fn variables(place: Span) -> (Ident, Ident) {
    (variable("__value", place), variable("__report", place))
}

fn bounds(length: &Length) -> (TokenStream, TokenStream) {
    let literal = |bound: &Option<(usize, syn::LitInt)>| policy::option(bound.as_ref().map(|(number, _)| *number));
    (literal(&length.min), literal(&length.max))
}
