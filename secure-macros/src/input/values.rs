//! The rules of one value, as calls into the runtime: what checks it, and what shows it in the schema.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{Type, parse_quote};

use super::expand::Writer;
use super::rules::{Length, MemberRules, ValueRules};
use crate::data::Member;
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
    pub(super) fn member_checks(&self, member: &Member, rules: &MemberRules) -> TokenStream {
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
        let nested = rules.unchecked.is_none();
        let nested = nested.then(|| quote_spanned!(place=> <#ty as #krate::data::Input>::check(__value, __report);));
        quote!(#setters #owner #values #nested)
    }
}

fn bounds(length: &Length) -> (TokenStream, TokenStream) {
    let literal = |bound: &Option<(usize, syn::LitInt)>| policy::option(bound.as_ref().map(|(number, _)| *number));
    (literal(&length.min), literal(&length.max))
}
