//! The policy as a constant.

use std::time::Duration;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use secure_policy::{BindingKind, Kind, Method, Op};

use syn::Ident;
use syn::spanned::Spanned as _;

use crate::binding::Binding;
use crate::endpoint::{Access, Endpoint};
use crate::expression::Expression;
use crate::formula::Formula;
use crate::limit;
use crate::names::plain;
use crate::paths::Paths;
use crate::proofs::read;
use crate::signature::Handler;

/// `Policy { … }`: what is stated, and what holds where nothing is.
pub(crate) fn literal(endpoint: &Endpoint, handler: &Handler, paths: &Paths) -> TokenStream {
    let (policy, room, gzip) = (paths.policy(), paths.policy_room(), paths.gzip());
    let name = plain(handler.name());
    let route = endpoint.route.as_ref().map(|route| {
        let method = variant(&quote!(#room::Method), &method_name(route.method));
        let path = route.path.as_str();
        some("route", &quote!(#room::Route { method: #method, path: #path }))
    });
    let access = access(&endpoint.access, &room);
    let bindings = endpoint.bindings.iter().map(|binding| self::binding(binding, &room));
    let condition = endpoint.condition.as_ref();
    let condition = condition.map(|c| some("condition", &self::condition(c, handler, &room)));
    let limits = endpoint.limits.iter().enumerate();
    let rates = limits.map(|(index, limit)| limit::literal(index, limit, &room));
    let max_body = endpoint.max_body.as_ref().map(|(size, _)| {
        let bytes = size.bytes();
        some("max_body", &quote!(#room::ByteSize::new(#bytes)))
    });
    let timeout = endpoint.timeout.map(|time| some("timeout", &duration(time)));
    let body_timeout = endpoint.body_timeout.as_ref();
    let body_timeout = body_timeout.map(|(time, _)| some("body_timeout", &duration(*time)));
    let concurrency = endpoint.concurrency.map(|count| {
        let count = count.get();
        quote!(concurrency: ::core::num::NonZeroU32::new(#count),)
    });
    // Without the feature it is the key that is underlined, and rustc says that the function needs it.
    let gzip = endpoint.gzip.as_ref().map(|key| at(key.span(), quote!(#gzip())));
    let gzip = gzip.map(|gzip| quote!(gzip: #gzip,));
    let sender_constrained = endpoint.sender_constrained.as_ref();
    let sender_constrained = sender_constrained.map(|_| quote!(sender_constrained: true,));
    let (bindings, rates) = (list("bindings", bindings), list("rates", rates));
    quote! {
        #policy {
            endpoint: ::core::concat!(::core::module_path!(), "::", #name),
            #route
            access: #access,
            #bindings
            #condition
            #rates
            #max_body
            #timeout
            #body_timeout
            #concurrency
            #gzip
            #sender_constrained
            ..#policy::UNSTATED
        }
    }
}

/// A field that is there.
fn some(field: &str, value: &TokenStream) -> TokenStream {
    let field = Ident::new(field, Span::call_site());
    quote!(#field: ::core::option::Option::Some(#value),)
}

/// A field with values, if there are any.
fn list(field: &str, values: impl Iterator<Item = TokenStream>) -> Option<TokenStream> {
    let (field, mut values) = (Ident::new(field, Span::call_site()), values.peekable());
    values.peek()?;
    Some(quote!(#field: &[#(#values),*],))
}

fn duration(time: Duration) -> TokenStream {
    let (seconds, nanos) = (time.as_secs(), time.subsec_nanos());
    quote!(::core::time::Duration::new(#seconds, #nanos))
}

/// The same tokens as if they stood there.
fn at(place: Span, tokens: TokenStream) -> TokenStream {
    let placed = tokens.into_iter().map(|mut token| {
        token.set_span(token.span().located_at(place));
        token
    });
    placed.collect()
}

fn access(access: &Access, room: &TokenStream) -> TokenStream {
    match access {
        Access::Public(reason) => quote!(#room::Access::Public { reason: #reason }),
        Access::Optional => quote!(#room::Access::Optional),
        Access::Caller { scope, role } => {
            let scope = option(scope.as_ref().map(|scope| expr(scope, room)));
            let role = option(role.as_ref().map(|role| expr(role, room)));
            quote!(#room::Access::Caller { scope: #scope, role: #role })
        }
    }
}

pub(crate) fn expr(expression: &Expression, room: &TokenStream) -> TokenStream {
    let ty = match expression.kind {
        Kind::Scope => quote!(#room::Scope),
        Kind::Role => quote!(#room::Role),
    };
    let ops = expression.expr.ops().iter().map(|op| match op {
        Op::Term(name) => match expression.constant(name) {
            Some(path) => {
                // A constant of another type is underlined where it is named.
                let constant = quote_spanned!(path.span()=> &#path);
                quote!(#room::Op::term(#ty::as_str(#constant)))
            }
            None => {
                let name = name.as_ref();
                quote!(#room::Op::Term(::std::borrow::Cow::Borrowed(#name)))
            }
        },
        Op::All(n) => quote!(#room::Op::All(#n)),
        Op::Any(n) => quote!(#room::Op::Any(#n)),
    });
    let ops = quote!(&[#(#ops),*]);
    if expression.has_constants() {
        // A constant of its own, because what a function makes cannot be dropped while compiling.
        return quote!({
            const __STEPS: &[#room::Op] = #ops;
            #room::Expr::from_ops(__STEPS)
        });
    }
    quote!(#room::Expr::from_ops(#ops))
}

fn binding(binding: &Binding, room: &TokenStream) -> TokenStream {
    let kind = match binding.kind {
        BindingKind::Owner => "Owner",
        BindingKind::Tenant => "Tenant",
        BindingKind::Shared => "Shared",
    };
    let kind = variant(&quote!(#room::BindingKind), kind);
    let value = binding.value();
    let read = read(binding.argument);
    let or_scope = option(binding.or_scope.as_ref().map(|scope| expr(scope, room)));
    let hidden = binding.hidden;
    quote! {
        #room::Binding {
            kind: #kind,
            value: #value,
            source: #read.source(),
            or_scope: #or_scope,
            hidden: #hidden,
        }
    }
}

/// The condition with the arguments that it mentions.
fn condition(condition: &Formula, handler: &Handler, room: &TokenStream) -> TokenStream {
    let variables = handler.arguments.iter().enumerate();
    let variables = variables.flat_map(|(i, argument)| argument.names.iter().map(move |name| (i, plain(name))));
    let mentions = variables
        .filter(|(_, name)| condition.mentions.has(name))
        .map(|(i, name)| {
            let read = read(i);
            quote!(#room::Mention { name: #name, source: #read.source() })
        });
    let expr = &condition.expr;
    quote!(#room::Condition { source: ::core::stringify!(#expr), mentions: &[#(#mentions),*] })
}

fn method_name(method: Method) -> String {
    let name = method.as_str();
    let (first, rest) = name.split_at(1);
    format!("{first}{}", rest.to_ascii_lowercase())
}

pub(crate) fn variant(of: &TokenStream, name: &str) -> TokenStream {
    let name = quote::format_ident!("{name}");
    quote!(#of::#name)
}

pub(crate) fn option(value: Option<impl ToTokens>) -> TokenStream {
    match value {
        Some(value) => quote!(::core::option::Option::Some(#value)),
        None => quote!(::core::option::Option::None),
    }
}
