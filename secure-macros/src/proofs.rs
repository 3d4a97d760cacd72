//! What the types have to say, as a constant of the expansion: it is the one place where each fault is an error.

use proc_macro2::{Literal, Span, TokenStream};
use quote::{quote, quote_spanned};
use secure_policy::Method;
use syn::spanned::Spanned as _;
use syn::{Ident, ReturnType};

use crate::diagnostic::{Code, text};
use crate::endpoint::Endpoint;
use crate::limit;
use crate::names::{plain, proofs_constant};
use crate::paths::Paths;
use crate::shape::last_segment;
use crate::signature::{Handler, mentions_impl};

/// Names of arguments that nobody takes for an object.
const NOT_LOADED: [&str; 10] = [
    "Path",
    "Query",
    "Json",
    "Form",
    "State",
    "Extension",
    "Principal",
    "Option",
    "Claims",
    "Method",
];

/// Of `body_timeout`, and what to do about it.
pub(crate) const NO_BODY: (&str, &str) = (
    "`body_timeout` where no argument reads the body",
    "take the body as the last argument, or remove `body_timeout`",
);

/// The constants.
pub(crate) fn constants(endpoint: &Endpoint, handler: &Handler, paths: &Paths<'_>) -> TokenStream {
    let (proofs, limits) = (proofs(endpoint, handler, paths), limit::proofs(endpoint, paths));
    quote!(#proofs #limits)
}

/// What is asserted of the proofs: statements for the one constant that holds the whole expansion, since each constant more
/// costs the compiler more than what is asserted in it.
pub(crate) fn assertions(endpoint: &Endpoint, handler: &Handler) -> TokenStream {
    let all = [
        parameters_come_from_the_path(endpoint, handler),
        objects_are_loaded_by_name(handler),
        bindings_name_what_the_client_sends(endpoint),
        methods_without_a_body_read_none(endpoint, handler),
        a_time_for_the_body_has_a_body(endpoint, handler),
    ];
    all.into_iter().flatten().collect()
}

/// How an argument is read.
pub(crate) fn read(argument: usize) -> TokenStream {
    proof(argument, Span::mixed_site())
}

fn proof(index: usize, place: Span) -> TokenStream {
    let mut proofs = proofs_constant();
    let mut index = Literal::usize_unsuffixed(index);
    // Every token of an assertion must stand there, or the whole attribute is underlined.
    proofs.set_span(proofs.span().located_at(place));
    index.set_span(place);
    quote_spanned!(place=> #proofs.#index)
}

/// What turns the answer into a response.
pub(crate) fn render(handler: &Handler, paths: &Paths<'_>) -> TokenStream {
    if has_nameless_answer(handler) {
        let declared = paths.declared_answer();
        return quote!(#declared());
    }
    read(handler.arguments.len())
}

/// Hands on what arguments and answer say of themselves.
pub(crate) fn describe(handler: &Handler, paths: &Paths<'_>) -> TokenStream {
    let reads = (0..handler.arguments.len()).map(read);
    let answer = if has_nameless_answer(handler) {
        // What has no name is what a call would return, that nobody can make.
        let (name, unmade) = (handler.name(), paths.unmade());
        let arguments = handler.arguments.iter().map(|_| quote!(#unmade(__never)));
        quote!(__description.add_answer_of(|__never| #name(#(#arguments),*));)
    } else {
        let answer = read(handler.arguments.len());
        quote!(#answer.describe(__description);)
    };
    quote!(#(#reads.describe(__description);)* #answer)
}

fn proofs(endpoint: &Endpoint, handler: &Handler, paths: &Paths<'_>) -> TokenStream {
    let (name, read, render) = (proofs_constant(), paths.read(), paths.render());
    let last = handler.arguments.len().saturating_sub(1);
    let reads = handler.arguments.iter().enumerate().map(|(i, argument)| {
        let ty = &argument.ty;
        let proof = if i == last {
            paths.last_argument()
        } else {
            paths.head_argument()
        };
        let bindings = endpoint.bindings.iter().enumerate();
        let loading = bindings.filter(|(_, binding)| binding.loads && binding.argument == i);
        let bound = loading.map(|(index, _)| quote!(.bound_to(#index)));
        (quote!(#read<#ty>,), quote!(#proof::<#ty>() #(#bound)*,))
    });
    let answer = (!has_nameless_answer(handler)).then(|| {
        let declared = paths.declared_answer();
        let ty = match &handler.sig.output {
            ReturnType::Default => quote!(()),
            ReturnType::Type(_, ty) => quote!(#ty),
        };
        (quote!(#render<#ty>,), quote!(#declared::<#ty>(),))
    });
    let (types, proofs): (Vec<_>, Vec<_>) = reads.chain(answer).unzip();
    if proofs.is_empty() {
        return TokenStream::new();
    }
    quote!(const #name: (#(#types)*) = (#(#proofs)*);)
}

/// `Opaque<impl IntoResponse>` cannot be named outside of the function.
fn has_nameless_answer(handler: &Handler) -> bool {
    match &handler.sig.output {
        ReturnType::Default => false,
        ReturnType::Type(_, ty) => mentions_impl(ty),
    }
}

/// A parameter of the path is covered by the value that the handler takes from the path. One of the same name in the body
/// is another value, and the client writes both.
fn parameters_come_from_the_path(endpoint: &Endpoint, handler: &Handler) -> Vec<TokenStream> {
    let Some(route) = &endpoint.route else {
        return Vec::new(); // the router checks the path that it gives
    };
    let parameters = route.path.parameters();
    let assertions = parameters.iter().map(|parameter| {
        let name = &parameter.name;
        let message = text(
            Code::UncoveredIdentifier,
            &format!("`{{{name}}}` is compared with nobody: the `{name}` that is checked does not come from the path"),
            "the value in the path and the one that is checked are two, and the client writes both",
            &format!("take it from the path, as in `Path({name}): Path<…>`, and name that variable"),
        );
        let by_binding = endpoint.bindings.iter().filter(|binding| binding.name() == *name);
        let by_binding =
            by_binding.map(|binding| assertion(binding.argument, binding.literal.span(), "must_be_path", &message));
        // Where a binding names it, the condition is beside the point.
        let bound = endpoint.bindings.iter().any(|binding| binding.name() == *name);
        let by_condition = endpoint.condition.iter().filter(|_| !bound).flat_map(|condition| {
            let arguments = handler.arguments.iter().enumerate();
            let found =
                arguments.filter(|(_, argument)| argument.names.iter().any(|variable| plain(variable) == *name));
            found
                .filter(|_| condition.mentions.has(name))
                .map(|(i, _)| assertion(i, route.literal.span(), "must_be_path", &message))
        });
        by_binding.chain(by_condition).collect::<Vec<_>>()
    });
    assertions.flatten().collect()
}

/// An object under another name than `Owned` has no parameter that loads it.
fn objects_are_loaded_by_name(handler: &Handler) -> Vec<TokenStream> {
    let message = text(
        Code::Resource,
        "an `Owned` object behind another name",
        "the attribute ties it to a parameter of the path by its written type",
        "write the type as `Owned<…>`",
    );
    let unknown = handler.arguments.iter().enumerate().filter(|(_, argument)| {
        let name = last_segment(&argument.ty);
        !argument.loads && !name.is_some_and(|name| NOT_LOADED.contains(&name.as_str()))
    });
    let assertions = unknown.map(|(i, argument)| assertion(i, argument.ty.span(), "must_not_load", &message));
    assertions.collect()
}

/// Whose it is can be asked of what the client names, and of nothing else.
fn bindings_name_what_the_client_sends(endpoint: &Endpoint) -> Vec<TokenStream> {
    let parameters = |name: &str| {
        let all = endpoint.route.iter().flat_map(|route| route.path.parameters());
        all.into_iter().any(|parameter| parameter.name == name)
    };
    let others = endpoint.bindings.iter().filter(|binding| !parameters(&binding.name()));
    let assertions = others.map(|binding| {
        let (key, value) = (binding.kind.as_str(), binding.literal.value());
        let message = text(
            Code::UnknownArgument,
            &format!("`{key} = \"{value}\"` names no value of the path, the query or the body"),
            "what the server brings along is not the client's to choose, so there is nothing to compare",
            "name a value that the request carries, or remove the key",
        );
        assertion(binding.argument, binding.literal.span(), "must_be_sent", &message)
    });
    assertions.collect()
}

/// A body on GET or DELETE has no meaning (RFC 9110 §9.3.1, §9.3.5).
fn methods_without_a_body_read_none(endpoint: &Endpoint, handler: &Handler) -> Vec<TokenStream> {
    let route = endpoint
        .route
        .as_ref()
        .filter(|route| matches!(route.method, Method::Get | Method::Delete));
    let last = handler.arguments.iter().enumerate().next_back();
    let Some((route, (i, argument))) = route.zip(last) else {
        return Vec::new();
    };
    let message = text(
        Code::Body,
        &format!("this argument reads the body, and {} has none", route.method),
        "proxies drop such a body, and caches do not see it",
        "take the value from the path or the query, or answer `post`, `put` or `patch`",
    );
    vec![assertion(i, argument.ty.span(), "must_not_be_body", &message)]
}

/// A time for a body that nobody reads would never run.
fn a_time_for_the_body_has_a_body(endpoint: &Endpoint, handler: &Handler) -> Vec<TokenStream> {
    let Some(((_, literal), last)) = endpoint.body_timeout.as_ref().zip(handler.body_argument()) else {
        return Vec::new();
    };
    let (fault, help) = NO_BODY;
    let message = text(Code::Body, fault, "", help);
    vec![assertion(last, literal.span(), "must_be_body", &message)]
}

fn assertion(argument: usize, place: Span, method: &str, message: &str) -> TokenStream {
    let (proof, method) = (proof(argument, place), Ident::new(method, place));
    quote_spanned!(place=> #proof.#method(#message);)
}
