//! The rules of one value, as calls into the runtime: what checks it, and what shows it in the schema.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens as _, format_ident, quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{Expr, Lit, Type, UnOp, parse_quote};

use super::expand::Writer;
use super::rules::{Length, MemberRules, Range, ValueRules, number};
use crate::data::{Member, own, variable};
use crate::names::Mentions;
use crate::options::literal;
use crate::policy;

impl Writer<'_> {
    pub(super) fn setters(&self, rules: &MemberRules) -> TokenStream {
        let krate = self.krate;
        let room = quote!(#krate::expansion);
        let scope = policy::option(rules.scope.as_ref().map(|(scope, _)| policy::expr(scope, &room)));
        let role = policy::option(rules.role.as_ref().map(|(role, _)| policy::expr(role, &room)));
        quote!(const { &#krate::rules::Setters { scope: #scope, role: #role } })
    }

    /// Every rule as it shows itself in the schema.
    pub(super) fn schema_of(&self, rules: &ValueRules, ty: &Type) -> Vec<TokenStream> {
        let place = ty.span();
        let room = self.room(place);
        let mut shown = Vec::new();
        if let Some(length) = &rules.length {
            let (min, max) = bounds(length);
            shown.push(quote!(#room::length::schema(#min, #max)));
        }
        if let Some(range) = &rules.range {
            shown.push(self.schema_of_range(range, ty));
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
            let inner = self.schema_of(inner, &self.item_of(ty));
            shown.push(quote!(#room::inner::schema(|schema| { #((#inner)(schema);)* })));
        }
        shown
    }

    /// Numbers are shown as they are written, so that one that does not fit the type is an error in one place.
    fn schema_of_range(&self, range: &Range, ty: &Type) -> TokenStream {
        let room = self.room(ty.span());
        let written = |number: &dyn Fn(&Expr) -> Option<TokenStream>| -> Option<[TokenStream; 2]> {
            let bound = |bound: &Option<Expr>| match bound {
                Some(bound) => number(bound).map(|number| policy::option(Some(number))),
                None => Some(policy::option(None::<TokenStream>)),
            };
            Some([bound(&range.min)?, bound(&range.max)?])
        };
        if let Some([min, max]) = written(&|bound| whole(bound).map(|number| quote!(#number))) {
            return quote!(#room::range::schema::<::core::primitive::i128>(#min, #max));
        }
        // An `f32` is another number than the `f64` that is written alike.
        let is_narrow = Mentions::of(ty.to_token_stream()).has("f32");
        let float = |bound: &Expr| number(bound).filter(|_| !is_narrow).map(|number| quote!(#number));
        if let Some([min, max]) = written(&float) {
            return quote!(#room::range::schema::<::core::primitive::f64>(#min, #max));
        }
        let (min, max) = (policy::option(range.min.as_ref()), policy::option(range.max.as_ref()));
        quote_spanned!(ty.span()=> #room::range::schema::<#ty>(#min, #max))
    }

    /// Checks `__value` into `__report`. For a member, and not an item of one, there is its type, and the function that checks
    /// its items.
    fn value_checks(&self, rules: &ValueRules, place: Span, member: Option<(&Type, &Ident)>) -> TokenStream {
        let room = self.room(place);
        let (value, report) = (variable("__value", place), variable("__report", place));
        let here = Ident::new("__value", place);
        // By its name and not as it is called, so that the whole type is underlined where it does not fit.
        let rule = |name: &str, bounds: TokenStream| {
            let (name, rule) = (Ident::new(name, place), variable("__rule", place));
            match member {
                Some((ty, _)) => quote_spanned! {place=> {
                    let #rule = #room::#name::check::<#ty>;
                    #rule(#value, #bounds #report);
                }},
                None => quote_spanned! {place=> {
                    let #here = #value;
                    #room::#name::check(#here, #bounds #report);
                }},
            }
        };
        let mut checks = TokenStream::new();
        if let Some(length) = &rules.length {
            let (min, max) = bounds(length);
            checks.extend(rule("length", quote!(#min, #max,)));
        }
        if let Some(range) = &rules.range {
            let option = |bound: &Option<Expr>| match bound {
                Some(bound) => quote_spanned!(place=> ::core::option::Option::Some(#bound)),
                None => quote_spanned!(place=> ::core::option::Option::None),
            };
            let (min, max) = (option(&range.min), option(&range.max));
            checks.extend(quote_spanned! {place=> {
                let #here = #value;
                #room::range::check(#here, #min, #max, #report);
            }});
        }
        if let Some(pattern) = &rules.pattern {
            let krate = self.krate;
            let room = quote!(#krate::rules::pattern);
            let check = rule("pattern", quote!(&__PATTERN,));
            checks.extend(quote! {{
                static __PATTERN: #room::Pattern = #room::Pattern::new(|| #room::compile(#pattern));
                #check
            }});
        }
        if rules.email.is_some() {
            checks.extend(rule("email", TokenStream::new()));
        }
        if rules.url.is_some() {
            checks.extend(rule("url", TokenStream::new()));
        }
        if let Some(inner) = &rules.inner {
            checks.extend(match member {
                Some((_, items)) => quote! {
                    Self::#items(::core::option::Option::Some(#value), ::core::option::Option::None, #report);
                },
                None => self.check_items(inner, place),
            });
        }
        if let Some(custom) = &rules.custom {
            let room = self.room(custom.span());
            checks.extend(quote_spanned!(custom.span()=> #room::custom::check(#value, #custom, #report);));
        }
        checks
    }

    /// Checks each item of `__value`.
    fn check_items(&self, inner: &ValueRules, place: Span) -> TokenStream {
        let room = self.room(place);
        let (value, report) = (variable("__value", place), variable("__report", place));
        let here = Ident::new("__value", place);
        let checks = self.value_checks(inner, place, None);
        quote_spanned! {place=> {
            let #here = #value;
            #room::inner::check(#here, #report, |#value, #report| { #checks });
        }}
    }

    /// A function for the items of a member: of a list that was read, and of those that can be read in one that could not
    /// be. Both in one, so that rules which do not fit are an error in one place.
    pub(super) fn items(&self, name: &Ident, member: &Member, rules: &MemberRules) -> Option<TokenStream> {
        let inner = rules.value.inner.as_deref()?;
        let (krate, cfg, ty, place) = (self.krate, &member.cfg, &member.ty, member.ty.span());
        let read = self.check_items(inner, place);
        let readable = is_looked_at(member, rules).then(|| {
            let (item, checks) = (self.item_of(ty), self.value_checks(inner, place, None));
            let each = self.ruled(place, &item, "each");
            let of = |name| variable(name, place);
            let (value, node, report) = (of("__value"), of("__node"), of("__report"));
            // All at one place, or a type without items would be an error in two.
            quote_spanned!(place=> #each(#node, #report, |#value: &#item, #report| { #checks });)
        });
        Some(quote! {
            #(#cfg)*
            fn #name(
                __value: ::core::option::Option<&#ty>,
                __node: ::core::option::Option<&#krate::data::Node<'_>>,
                __report: &mut #krate::data::Report<'_>,
            ) {
                if let ::core::option::Option::Some(__value) = __value {
                    #read
                }
                if let ::core::option::Option::Some(__node) = __node {
                    #readable
                }
            }
        })
    }

    /// What the items of this type are.
    pub(super) fn item_of(&self, ty: &Type) -> Type {
        let (place, room) = (ty.span(), self.room(ty.span()));
        Type::Verbatim(quote_spanned!(place=> <#ty as #room::Inner>::Item))
    }

    /// What is said of a type that has rules, and of no other.
    fn ruled(&self, place: Span, ty: &Type, what: &str) -> TokenStream {
        let (krate, what) = (self.named_at(place), Ident::new(what, place));
        quote_spanned!(place=> #krate::data::Ruled::<#ty>::#what)
    }

    /// The runtime's rules, as if they were named at that place: a message about the call underlines what stands there.
    fn room(&self, place: Span) -> TokenStream {
        let krate = self.named_at(place);
        quote_spanned!(place=> #krate::rules)
    }

    /// The runtime, as if it were named at that place.
    fn named_at(&self, place: Span) -> TokenStream {
        let krate = self.krate;
        if *krate == parse_quote!(::secure_runtime) {
            return quote_spanned!(place=> ::secure_runtime);
        }
        // Under a name that somebody gave, it is found where it was given.
        let krate = krate.to_token_stream().into_iter().map(|mut token| {
            token.set_span(token.span().located_at(place));
            token
        });
        krate.collect()
    }

    /// What the type of a member says itself, as a constant: the one place where a type without rules is an error.
    pub(super) fn own_rules(&self, (group, index): Place, member: &Member, rules: &MemberRules) -> Option<TokenStream> {
        let own = own("INPUT", group, index);
        let krate = self.krate;
        let (cfg, ty, place) = (&member.cfg, &member.ty, member.ty.span());
        let input = quote_spanned!(place=> <#ty as #krate::data::Input>);
        let has_schema = self.ruled(place, ty, "has_schema");
        rules.unchecked.is_none().then(|| {
            quote! {
                #(#cfg)*
                const #own: (
                    fn(&#ty, &mut #krate::data::Report<'_>),
                    fn(&#krate::data::Node<'_>, &mut #krate::data::Report<'_>),
                    fn(),
                ) = (#input::check, #input::inspect, #has_schema);
            }
        })
    }

    /// Everything that is checked of `__value`, a member, into `__report`.
    pub(super) fn member_checks(&self, (group, index): Place, member: &Member, rules: &MemberRules) -> TokenStream {
        let (own, items) = (own("INPUT", group, index), items_of(group, index));
        let (ty, place) = (&member.ty, member.ty.span());
        let room = self.room(place);
        let (value, report) = (variable("__value", place), variable("__report", place));
        let values = self.value_checks(&rules.value, place, Some((ty, &items)));
        let setters = rules.is_restricted().then(|| {
            let setters = self.setters(rules);
            quote_spanned! {place=>
                #room::access::check(<#ty as #room::Presence>::is_present(#value), #setters, #report);
            }
        });
        let owner = rules.owner.as_ref();
        let here = Ident::new("__value", place);
        let owner = owner.map(|_| {
            quote_spanned! {place=> {
                let #here = #value;
                #room::access::owner(#here, #report);
            }}
        });
        let nested = rules.unchecked.is_none();
        let nested = nested.then(|| quote!((Self::#own.0)(#value, #report);));
        quote!(#setters #owner #values #nested)
    }
}

/// The index of a member's group, and its own.
pub(super) type Place = (usize, usize);

/// What serde reads in another way, and what has no rules, is not looked at.
pub(super) fn is_looked_at(member: &Member, rules: &MemberRules) -> bool {
    rules.unchecked.is_none() && !member.naming.reads_otherwise
}

/// `__items_0_2`: what checks the items of the member of this index in the group of that.
pub(super) fn items_of(group: usize, index: usize) -> Ident {
    format_ident!("__items_{group}_{index}")
}

/// A whole number that stands there as such.
fn whole(bound: &Expr) -> Option<i128> {
    match bound {
        Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => whole(&unary.expr)?.checked_neg(),
        other => match literal(other)? {
            Lit::Int(int) => int.base10_parse().ok(),
            _ => None,
        },
    }
}

fn bounds(length: &Length) -> (TokenStream, TokenStream) {
    let literal = |bound: &Option<(usize, syn::LitInt)>| policy::option(bound.as_ref().map(|(number, _)| *number));
    (literal(&length.min), literal(&length.max))
}
