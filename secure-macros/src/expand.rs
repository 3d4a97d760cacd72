//! The expansion: what the gate reads and asks at this endpoint, and the handler.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote, quote_spanned};
use secure_policy::BindingKind;
use syn::spanned::Spanned as _;
use syn::{Attribute, Ident};

use crate::binding::Binding;
use crate::check::Checked;
use crate::endpoint::Endpoint;
use crate::formula::Formula;
use crate::limit;
use crate::names::{by_reference, local, variable};
use crate::paths::Paths;
use crate::policy;
use crate::proofs;
use crate::signature::{Handler, is_secure};

/// The endpoint that takes the handler's place.
pub(crate) fn expand(endpoint: &Checked<Endpoint>, handler: &Handler) -> TokenStream {
    let paths = Paths::new(&endpoint.krate);
    let name = handler.name();
    let (import, room) = (paths.import(), paths.room());
    let structure = structure(handler, &paths);
    let inner = inner_fn(handler);
    let unguarded = unguarded(handler);
    let (proofs, assertions) = (
        proofs::constants(endpoint, handler, &paths),
        proofs::assertions(endpoint, handler),
    );
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
    // Whoever uses a deprecated handler is warned; its own expansion must not be.
    let deprecated = handler.attrs.iter().any(|attr| attr.path().is_ident("deprecated"));
    let allow = deprecated.then(|| quote!(#[allow(deprecated)]));
    quote! {
        #structure
        #allow
        const _: () = {
            #import

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

            impl<__State> #secure_trait<__State> for #name
            where
                __State: #room::Send + #room::Sync + 'static,
                #(#bounds)*
            {
                #call
            }

            #assertions
        };
    }
}

/// The handler's name twice: as the type that the policy hangs on, which has no values, and as a value with the handler's
/// documentation.
pub(crate) fn structure(handler: &Handler, paths: &Paths<'_>) -> TokenStream {
    let (vis, name, endpoint_of) = (&handler.vis, handler.name(), paths.endpoint_of());
    let on_value = handler.attrs.iter().filter(|attr| on_structure(attr));
    let on_type = handler.attrs.iter().filter(|attr| attr.path().is_ident("cfg"));
    quote! {
        #(#on_type)*
        #[doc(hidden)]
        #[allow(dead_code, non_camel_case_types)]
        #vis enum #name {}
        #(#on_value)*
        #[allow(non_upper_case_globals)]
        #vis const #name: #endpoint_of<#name> = #endpoint_of::VALUE;
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

/// The steps of this endpoint, and the way through them.
fn call(endpoint: &Endpoint, handler: &Handler, paths: &Paths<'_>) -> TokenStream {
    let (admission_type, responding, steps) = (paths.admission(), paths.responding(), paths.steps());
    let (admission, state) = (local("admission"), local("state"));
    let (heads, loads) = (heads(handler, false), heads(handler, true));
    let last: Vec<usize> = handler.body_argument().into_iter().collect();
    let (heads_read, loads_read, last_read) = (reads(&heads), reads(&loads), reads(&last));
    let (heads_values, loads_values, last_value) = (values(&heads), values(&loads), values(&last));

    let bindings = |late: bool| {
        let indexed = endpoint.bindings.iter().enumerate();
        let last = handler.body_argument();
        let due = indexed.filter(move |(_, binding)| {
            binding.kind != BindingKind::Shared && !binding.loads && (Some(binding.argument) == last) == late
        });
        due.map(|(index, binding)| bind(index, binding, handler))
    };
    let condition = |late: bool| {
        let due = endpoint
            .condition
            .as_ref()
            .filter(|condition| condition.is_late(handler) == late);
        due.map(|due| self::condition(due, endpoint, handler, paths, late))
    };
    let costs = |late: bool| limit::charge(endpoint, handler, paths, late);
    let named = check(&heads_values, bindings(false).collect(), paths);
    let early: Vec<TokenStream> = condition(false).into_iter().chain(costs(false)).collect();
    let late = bindings(true).chain(condition(true)).chain(costs(true)).collect();
    let late = check(&quote!(#heads_values, #loads_values, #last_value), late, paths);

    let (answer, name) = (proofs::render(handler, paths), handler.name());
    let (lead, between) = if early.is_empty() && loads.is_empty() {
        (paths.lead(), None)
    } else {
        let between = paths.between();
        let early = check(&quote!(#heads_values, #loads_values), early, paths);
        (
            paths.lead_between(),
            Some(quote!(#between { loads: #loads_read, early: #early },)),
        )
    };
    let function = if loads.is_empty() {
        name.to_token_stream()
    } else {
        let (sorted, arguments) = (paths.sorted(), (0..handler.arguments.len()).map(variable));
        quote!(#sorted(|#heads_values, #loads_values, #last_value| #name(#(#arguments),*)))
    };
    quote! {
        #[allow(unused_variables)]
        fn call(#admission: #admission_type, #state: __State) -> #responding {
            #lead(
                #admission,
                #state,
                #steps {
                    heads: #heads_read,
                    named: #named,
                    last: #last_read,
                    late: #late,
                    answer: #answer,
                },
                #between
                #function,
            )
        }
    }
}

fn reads(arguments: &[usize]) -> TokenStream {
    let proofs = arguments.iter().map(|i| proofs::read(*i));
    quote!((#(#proofs,)*))
}

fn values(arguments: &[usize]) -> TokenStream {
    let variables = arguments.iter().map(|i| variable(*i));
    quote!((#(#variables,)*))
}

/// The arguments that are read from the head, in their order: those that are loaded by others, or the rest.
fn heads(handler: &Handler, loaded: bool) -> Vec<usize> {
    let last = handler.body_argument();
    let arguments = handler.arguments.iter().enumerate();
    let due = arguments.filter(|(i, argument)| argument.loads == loaded && Some(*i) != last);
    due.map(|(i, _)| i).collect()
}

/// A function over the arguments that were read so far, if there is anything to ask of them.
fn check(arguments: &TokenStream, mut checks: Vec<TokenStream>, paths: &Paths<'_>) -> TokenStream {
    let Some(last) = checks.pop() else {
        return paths.none().to_token_stream();
    };
    let (gate, some) = (local("gate"), paths.some());
    quote! {
        #some(|#gate, #arguments| {
            #({ #checks }?;)*
            #last
        })
    }
}

/// Compares the very value that the handler receives, by reference.
fn bind(index: usize, binding: &Binding, handler: &Handler) -> TokenStream {
    let (gate, value, fields) = (local("gate"), &binding.variable, &binding.fields);
    let Some(argument) = handler.arguments.get(binding.argument) else {
        return TokenStream::new();
    };
    let (pat, variable) = (by_reference(&argument.pat), variable(binding.argument));
    let value = if fields.is_empty() {
        quote_spanned!(binding.literal.span()=> #value)
    } else {
        quote_spanned!(binding.literal.span()=> &#value #(.#fields)*)
    };
    let check = quote_spanned!(binding.literal.span()=> #gate.bind(#index, #value));
    quote! {
        let #pat = #variable;
        #check
    }
}

/// Asks whether the condition holds.
fn condition(formula: &Formula, endpoint: &Endpoint, handler: &Handler, paths: &Paths<'_>, late: bool) -> TokenStream {
    let gate = local("gate");
    let ask = if endpoint.access.has_caller() {
        quote!(condition)
    } else {
        quote!(condition_for_anyone)
    };
    let variables = formula.variables(handler, late);
    let closure = formula.closure(&endpoint.access, paths, Some(paths.bool().to_token_stream()));
    quote! {
        #variables
        #gate.#ask(#closure)
    }
}
