//! The policy as a constant.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use secure_policy::{BindingKind, Kind, Method, Op};

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

/// `Policy::new(…)`, and a call for each thing that is stated.
pub(crate) fn literal(endpoint: &Endpoint, handler: &Handler, paths: &Paths<'_>) -> TokenStream {
    let (policy, room, name) = (paths.policy(), paths.room(), plain(handler.name()));
    let access = access(&endpoint.access, &room);
    let mut tokens = quote!(#policy::new(::core::concat!(::core::module_path!(), "::", #name), #access));
    if let Some(route) = &endpoint.route {
        let (method, path) = (
            variant(&quote!(#room::Method), &method_name(route.method)),
            route.path.as_str(),
        );
        tokens.extend(quote!(.at(#method, #path)));
    }
    match endpoint.bindings.as_slice() {
        [] => {}
        [binding] if binding.or_scope.is_none() && !binding.hidden => {
            let (kind, value) = (variant(&quote!(#room::BindingKind), kind(binding)), binding.value());
            let read = read(binding.argument);
            tokens.extend(quote!(.bound(#kind, #value, #read.source())));
        }
        several => {
            let bindings = bindings(several, &room);
            tokens.extend(quote!(.bound_by(#bindings)));
        }
    }
    if let Some(condition) = &endpoint.condition {
        let (expr, mentions) = (&condition.expr, mentions(condition, handler, &room));
        tokens.extend(quote!(.when(::core::stringify!(#expr), &[#(#mentions),*])));
    }
    let limits = endpoint.limits.iter().enumerate();
    let rates: Vec<TokenStream> = limits
        .map(|(index, limit)| limit::literal(index, limit, &room))
        .collect();
    match rates.as_slice() {
        [] => {}
        [rate] => tokens.extend(quote!(.limited(#rate))),
        several => tokens.extend(quote!(.limited_by(&[#(#several),*]))),
    }
    if let Some((size, _)) = &endpoint.max_body {
        let bytes = size.bytes();
        tokens.extend(quote!(.with_max_body(#bytes)));
    }
    if let Some(time) = endpoint.timeout {
        let (seconds, nanoseconds) = (time.as_secs(), time.subsec_nanos());
        tokens.extend(quote!(.within(#seconds, #nanoseconds)));
    }
    if let Some((time, _)) = &endpoint.body_timeout {
        let (seconds, nanoseconds) = (time.as_secs(), time.subsec_nanos());
        tokens.extend(quote!(.with_body_within(#seconds, #nanoseconds)));
    }
    if let Some(count) = endpoint.concurrency {
        let count = count.get();
        tokens.extend(quote!(.at_once(#count)));
    }
    if let Some(key) = &endpoint.gzip {
        // Without the feature it is the key that is underlined, and rustc says that the function needs it.
        let gzip = paths.gzip();
        let gzip = at(key.span(), quote!(#gzip()));
        tokens.extend(quote!(.with_gzip(#gzip)));
    }
    if endpoint.sender_constrained.is_some() {
        tokens.extend(quote!(.for_bound_credentials()));
    }
    tokens
}

/// The same tokens as if they stood there.
fn at(place: Span, tokens: TokenStream) -> TokenStream {
    let placed = tokens.into_iter().map(|mut token| {
        token.set_span(token.span().located_at(place));
        token
    });
    placed.collect()
}

fn access(access: &Access, room: &impl ToTokens) -> TokenStream {
    match access {
        Access::Public(reason) => quote!(#room::Access::Public { reason: #reason }),
        Access::Optional => quote!(#room::Access::Optional),
        Access::Caller { scope, role } => {
            let scope = option_in(room, scope.as_ref().map(|scope| expr(scope, room)));
            let role = option_in(room, role.as_ref().map(|role| expr(role, room)));
            quote!(#room::Access::Caller { scope: #scope, role: #role })
        }
    }
}

pub(crate) fn expr(expression: &Expression, room: &impl ToTokens) -> TokenStream {
    let ty = match expression.kind {
        Kind::Scope => quote!(#room::Scope),
        Kind::Role => quote!(#room::Role),
    };
    if let ([Op::Term(name)], false) = (expression.expr.ops(), expression.has_constants()) {
        let name = name.as_ref();
        return quote!(#room::Expr::of(#name));
    }
    let ops = expression.expr.ops().iter().map(|op| match op {
        Op::Term(name) => match expression.constant(name) {
            Some(path) => {
                // A constant of another type is underlined where it is named.
                let constant = quote_spanned!(path.span()=> &#path);
                quote!(#room::Op::term(#ty::as_str(#constant)))
            }
            None => {
                let name = name.as_ref();
                quote!(#room::Op::Term(#room::Cow::Borrowed(#name)))
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

/// All of them. With an expression they are a constant of their own, because what a function makes cannot be dropped while
/// compiling.
fn bindings(bindings: &[Binding], room: &impl ToTokens) -> TokenStream {
    let all = bindings.iter().map(|binding| self::binding(binding, room));
    let all = quote!(&[#(#all),*]);
    if bindings.iter().all(|binding| binding.or_scope.is_none()) {
        return all;
    }
    quote!({
        const __BINDINGS: &[#room::Binding] = #all;
        __BINDINGS
    })
}

fn kind(binding: &Binding) -> &'static str {
    match binding.kind {
        BindingKind::Owner => "Owner",
        BindingKind::Tenant => "Tenant",
        BindingKind::Shared => "Shared",
    }
}

fn binding(binding: &Binding, room: &impl ToTokens) -> TokenStream {
    let kind = variant(&quote!(#room::BindingKind), kind(binding));
    let value = binding.value();
    let read = read(binding.argument);
    let or_scope = option_in(room, binding.or_scope.as_ref().map(|scope| expr(scope, room)));
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

/// The arguments that a condition mentions.
fn mentions(condition: &Formula, handler: &Handler, room: &impl ToTokens) -> Vec<TokenStream> {
    let variables = handler.arguments.iter().enumerate();
    let variables = variables.flat_map(|(i, argument)| argument.names.iter().map(move |name| (i, plain(name))));
    let mentioned = variables.filter(|(_, name)| condition.mentions.has(name));
    let mentions = mentioned.map(|(i, name)| {
        let read = read(i);
        quote!(#room::Mention { name: #name, source: #read.source() })
    });
    mentions.collect()
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
    option_in(&quote!(::core::option::Option), value)
}

/// The same where a shorter path leads to `Some` and `None`.
fn option_in(room: &impl ToTokens, value: Option<impl ToTokens>) -> TokenStream {
    match value {
        Some(value) => quote!(#room::Some(#value)),
        None => quote!(#room::None),
    }
}
