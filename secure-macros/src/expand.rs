//! The expansion: a thin chain of calls into the gate.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use secure_policy::BindingKind;
use syn::spanned::Spanned as _;
use syn::{Attribute, Ident};

use crate::binding::Binding;
use crate::check::Checked;
use crate::endpoint::{Condition, Endpoint};
use crate::names::{by_reference, plain, read_constant};
use crate::paths::Paths;
use crate::policy;
use crate::proofs;
use crate::signature::{Handler, is_secure};

/// The endpoint that takes the handler's place.
pub(crate) fn expand(endpoint: &Checked<Endpoint>, handler: &Handler) -> TokenStream {
    let paths = Paths::new(&endpoint.krate);
    let name = handler.name();
    let structure = structure(handler);
    let inner = inner_fn(handler);
    let unguarded = unguarded(handler);
    let proofs = proofs::constants(endpoint, handler, &paths);
    let (description, describe) = (paths.description(), proofs::describe(handler, &paths));
    let policy = policy::literal(endpoint, handler, &paths);
    let (policy_type, endpoint_trait, secure_trait) = (paths.policy(), paths.endpoint(), paths.secure_endpoint());
    let extract = paths.extract();
    let needs_caller = endpoint.access.has_caller().then(|| {
        let needs_caller = paths.needs_caller();
        quote!(impl #needs_caller for #name {})
    });
    let bounds = handler.arguments.iter().map(|arg| {
        let ty = &arg.ty;
        quote_spanned!(ty.span()=> #ty: #extract<__State>,)
    });
    let call = call(endpoint, handler, &paths);
    let unattached = unattached(handler, &paths);
    // Whoever uses a deprecated handler is warned; its own expansion must not be.
    let deprecated = handler.attrs.iter().any(|attr| attr.path().is_ident("deprecated"));
    let allow = deprecated.then(|| quote!(#[allow(deprecated)]));
    quote! {
        #structure
        #allow
        const _: () = {
            #inner
            #unguarded
            #proofs

            impl #endpoint_trait for #name {
                const POLICY: &'static #policy_type = &#policy;

                #[allow(unused_variables)]
                fn describe(__description: &mut #description) {
                    #describe
                }
            }

            #needs_caller
            #unattached

            impl<__State> #secure_trait<__State> for #name
            where
                __State: ::core::clone::Clone + ::core::marker::Send + ::core::marker::Sync + 'static,
                #(#bounds)*
            {
                #call
            }
        };
    }
}

/// Makes `axum::routing::get(endpoint)` say what is missing. It cannot be called: nothing implements what it asks of the
/// state.
fn unattached(handler: &Handler, paths: &Paths) -> TokenStream {
    let name = handler.name();
    let (handler, guarded, unattached) = (paths.handler(), paths.guarded(), paths.unattached());
    let (request, response) = (paths.request(), paths.response());
    let state = local("state");
    quote! {
        impl<S> #handler<#guarded, S> for #name
        where
            S: #unattached<#name>,
        {
            type Future = ::core::future::Ready<#response>;

            fn call(self, _: #request, #state: S) -> Self::Future {
                match #unattached::<#name>::never(#state) {}
            }
        }
    }
}

/// `pub struct get_profile;`, with the handler's documentation.
pub(crate) fn structure(handler: &Handler) -> TokenStream {
    let (vis, name) = (&handler.vis, handler.name());
    let docs = handler.attrs.iter().filter(|attr| on_structure(attr));
    quote! {
        #(#docs)*
        #[allow(non_camel_case_types)]
        #[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]
        #vis struct #name;
    }
}

/// Documentation, `cfg` and `deprecated` concern who uses the name; everything else concerns the function.
fn on_structure(attr: &Attribute) -> bool {
    ["doc", "cfg", "deprecated"]
        .iter()
        .any(|name| attr.path().is_ident(name))
}

pub(crate) fn inner_fn(handler: &Handler) -> TokenStream {
    let attrs = handler
        .attrs
        .iter()
        .filter(|attr| !on_structure(attr) && !is_secure(attr));
    let (sig, body) = (&handler.sig, &handler.body);
    quote!(#(#attrs)* #sig #body)
}

/// The way in for unit tests, which exists nowhere else.
fn unguarded(handler: &Handler) -> TokenStream {
    let (vis, name, output) = (&handler.vis, handler.name(), &handler.sig.output);
    let types = handler.arguments.iter().map(|argument| &argument.ty);
    let variables: Vec<Ident> = (0..handler.arguments.len()).map(variable).collect();
    quote! {
        #[cfg(test)]
        #[allow(dead_code)]
        impl #name {
            /// The handler without its guard.
            #vis async fn unguarded(#(#variables: #types),*) #output {
                #name(#(#variables),*).await
            }
        }
    }
}

fn call(endpoint: &Endpoint, handler: &Handler, paths: &Paths) -> TokenStream {
    let (gate_type, arrived) = (paths.gate(), paths.arrived());
    let (response, problem) = (paths.response(), paths.problem());
    let (gate, state) = (local("gate"), local("state"));
    let name = handler.name();
    let variables: Vec<Ident> = (0..handler.arguments.len()).map(variable).collect();
    let last = handler.body_argument();
    let part = |loads: bool| {
        let arguments = handler.arguments.iter().zip(&variables).enumerate();
        let due = arguments.filter(|(i, (argument, _))| argument.loads == loads && Some(*i) != last);
        due.map(|(i, (_, variable))| {
            let read = read_constant(i);
            quote!(let #variable = #gate.part(&#state, #read).await?;)
        })
        .collect::<TokenStream>()
    };
    // What the head names is compared before anything is loaded by it.
    let (parts, loads) = (part(false), part(true));
    let body = last.zip(variables.last()).map(|(i, variable)| {
        let read = read_constant(i);
        quote!(let #variable = #gate.last_part(&#state, #read).await?;)
    });
    let bindings = |late: bool| {
        let indexed = endpoint.bindings.iter().enumerate();
        let due = indexed.filter(move |(_, binding)| {
            binding.kind != BindingKind::Shared && !binding.loads && (Some(binding.argument) == last) == late
        });
        let gate = gate.clone();
        due.map(move |(index, binding)| bind(index, binding, handler, &gate))
            .collect::<TokenStream>()
    };
    let condition = |late: bool| {
        let due = endpoint
            .condition
            .as_ref()
            .filter(|condition| is_late(condition, handler) == late);
        due.map(|due| self::condition(due, endpoint, handler, paths, &gate, late))
    };
    let (early_bindings, early_condition) = (bindings(false), condition(false));
    let (late_bindings, late_condition) = (bindings(true), condition(true));
    let render = proofs::render(handler, paths);
    let run = quote!(#gate.call(#render, #name(#(#variables),*)).await);
    quote! {
        #[allow(unused_mut, unused_variables)]
        async fn call(
            #gate: #gate_type<'_, #arrived>,
            #state: __State,
        ) -> ::core::result::Result<#response, #problem> {
            let mut #gate = #gate.identify().await?.authorize()?;
            #parts
            #early_bindings
            #loads
            #early_condition
            let mut #gate = #gate.bound();
            #body
            #late_bindings
            #late_condition
            let #gate = #gate.clear()?;
            #run
        }
    }
}

/// Compares the very value that the handler receives, by reference.
fn bind(index: usize, binding: &Binding, handler: &Handler, gate: &Ident) -> TokenStream {
    let (value, fields) = (&binding.variable, &binding.fields);
    let Some(argument) = handler.arguments.get(binding.argument) else {
        return TokenStream::new();
    };
    let (pat, variable) = (by_reference(&argument.pat), variable(binding.argument));
    let value = if fields.is_empty() {
        quote_spanned!(binding.literal.span()=> #value)
    } else {
        quote_spanned!(binding.literal.span()=> &#value #(.#fields)*)
    };
    let check = quote_spanned!(binding.literal.span()=> #gate.bind(#index, #value)?;);
    quote! {
        {
            let #pat = &#variable;
            #check
        }
    }
}

/// Does the condition need what the last argument reads? A macro may hide a name in a string, so it counts as if it did.
fn is_late(condition: &Condition, handler: &Handler) -> bool {
    let body = handler.body_argument().and_then(|body| handler.arguments.get(body));
    let names = body.map_or(&[] as &[Ident], |argument| &argument.names);
    condition.mentions.has_macro || names.iter().any(|name| condition.mentions.has(&plain(name)))
}

/// The condition in a closure, so that nothing in it can return from the gate's stages.
fn condition(
    condition: &Condition,
    endpoint: &Endpoint,
    handler: &Handler,
    paths: &Paths,
    gate: &Ident,
    late: bool,
) -> TokenStream {
    let expr = &condition.expr;
    let principal = paths.principal();
    let unread = handler.body_argument().filter(|_| !late);
    let patterns = handler.arguments.iter().enumerate();
    let patterns = patterns.filter(|(i, _)| Some(*i) != unread);
    let patterns = patterns
        .filter(|(_, a)| a.names.iter().any(|n| condition.mentions.has(&plain(n))) || condition.mentions.has_macro);
    let patterns = patterns.map(|(i, argument)| {
        let (pat, variable) = (by_reference(&argument.pat), variable(i));
        quote!(let #pat = &#variable;)
    });
    // A macro may have got the condition from its caller.
    let span = condition
        .mentions
        .get("caller")
        .map_or_else(Span::call_site, Ident::span);
    let caller = Ident::new("caller", Span::call_site().resolved_at(span));
    // A condition may begin with a block, which would be a statement; and it may have parentheses of its own.
    let expr = quote!((#expr));
    let closure = if endpoint.access.has_caller() {
        quote!(condition(|#caller: &#principal| -> ::core::primitive::bool { #expr }))
    } else {
        quote!(condition_for_anyone(|#caller: ::core::option::Option<&#principal>| -> ::core::primitive::bool { #expr }))
    };
    quote! {
        {
            #(#patterns)*
            #gate.#closure?;
        }
    }
}

/// A variable of the expansion, which the user's code can neither see nor shadow. A handler may be called `state`, so that
/// a variable cannot be.
fn local(name: &str) -> Ident {
    Ident::new(&format!("__{name}"), Span::mixed_site())
}

fn variable(index: usize) -> Ident {
    local(&format!("argument_{index}"))
}
