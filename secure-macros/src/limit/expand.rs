//! Limits in the expansion: as the policy's constants, what is asserted of declared ones, and what a request takes of them.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use secure_policy::{Algorithm, Per, Rate};
use syn::spanned::Spanned as _;
use syn::{Ident, Path};

use super::{Base, Limit, text_of};
use crate::diagnostic::{Code, text};
use crate::endpoint::{Access, Endpoint};
use crate::names::{limit_constant, local};
use crate::paths::Paths;
use crate::policy::variant;
use crate::signature::Handler;

/// The limit as a constant of the policy.
pub(crate) fn literal(index: usize, limit: &Limit, room: &impl ToTokens) -> TokenStream {
    let mut tokens = match &limit.base {
        Base::Own { rate, .. } => own(rate, room),
        Base::Declared { cost, .. } => {
            let constant = limit_constant(index);
            let cost = cost.as_ref().map(|(units, _)| units.get());
            let cost = cost.map(|units| quote!(.cost_of(#units)));
            quote!(#constant #cost)
        }
    };
    if let Some(formula) = &limit.cost {
        let expr = &formula.expr;
        tokens.extend(quote!(.cost_by(::core::stringify!(#expr))));
    }
    tokens
}

/// `Rate::new(…)`, and what differs from its defaults.
pub(super) fn own(rate: &Rate, room: &impl ToTokens) -> TokenStream {
    let (count, window) = (rate.count().get(), rate.window().as_secs());
    let mut tokens = quote!(#room::Rate::new(#count, #window));
    if rate.algorithm() != Algorithm::Gcra {
        let algorithm = variant(&quote!(#room::Algorithm), &format!("{:?}", rate.algorithm()));
        tokens.extend(quote!(.counted_by(#algorithm)));
    }
    if rate.burst() != rate.count() {
        let burst = rate.burst().get();
        tokens.extend(quote!(.burst_of(#burst)));
    }
    if rate.cost().get() > 1 {
        let cost = rate.cost().get();
        tokens.extend(quote!(.cost_of(#cost)));
    }
    if rate.counted_per() != Per::Caller {
        let per = variant(&quote!(#room::Per), &format!("{:?}", rate.counted_per()));
        tokens.extend(quote!(.per(#per)));
    }
    tokens
}

/// The declared limits, each under a name of this expansion, and what must hold of them. What they are is known where they
/// are declared, so it is asserted while compiling.
pub(crate) fn proofs(endpoint: &Endpoint, paths: &Paths<'_>) -> TokenStream {
    let rate = paths.rate();
    let declared: Vec<(usize, &Path, Option<TokenStream>)> = declared(endpoint, paths).collect();
    let open = matches!(endpoint.access, Access::Public(_));
    let all = declared.iter().enumerate().map(|(nth, (index, path, cost))| {
        let (constant, place) = (limit_constant(*index), path.span());
        let named = assertion(*index, place, "must_be_named", &TokenStream::new(), &unnamed(path));
        let open = open.then(|| {
            assertion(
                *index,
                place,
                "must_count_anybody",
                &TokenStream::new(),
                &personal(path),
            )
        });
        let others = declared.iter().take(nth).map(|(other, other_path, _)| {
            let other = limit_constant(*other);
            let message = one_name(other_path, path);
            assertion(*index, place, "must_differ_from", &quote!(&#other,), &message)
        });
        // Every token stands at the path, or a constant of another type would underline the whole attribute.
        let constant = quote_spanned!(place=> const #constant: #rate = #path;);
        quote!(#constant #named #open #(#others)* #cost)
    });
    all.collect()
}

/// With what is asserted of the cost.
fn declared<'e>(
    endpoint: &'e Endpoint,
    paths: &Paths<'_>,
) -> impl Iterator<Item = (usize, &'e Path, Option<TokenStream>)> {
    let (rate, limits) = (paths.rate(), endpoint.limits.iter().enumerate());
    limits.filter_map(move |(index, limit)| match &limit.base {
        Base::Declared { path, cost } => {
            let cost = cost.as_ref().map(|(units, literal)| {
                let (units, place) = (units.get(), literal.span());
                let (mut constant, message) = (limit_constant(index), too_costly(path, units));
                // Only the constant knows what it admits. A cost above that is underlined, and so every token stands there.
                constant.set_span(constant.span().located_at(place));
                quote_spanned!(place=> const _: #rate = #constant.at_cost(#units, #message);)
            });
            Some((index, path, cost))
        }
        Base::Own { .. } => None,
    })
}

fn unnamed(path: &Path) -> String {
    text(
        Code::Measure,
        &format!("`{}` has no name, so endpoints would not share it", text_of(path)),
        "",
        "declare it with `limits!`, or write the rate here, as in `rate = \"30/min\"`",
    )
}

fn personal(path: &Path) -> String {
    text(
        Code::CallerOnOpenEndpoint,
        &format!(
            "`{}` counts by who the caller is, and nobody is asked on a `public` endpoint",
            text_of(path)
        ),
        "",
        "replace `public` by `optional` or `authenticated`, or take a limit that counts by `ip`",
    )
}

fn too_costly(path: &Path, cost: u32) -> String {
    text(
        Code::Measure,
        &format!(
            "a cost of {cost} is above the burst of `{}`, so no request is ever admitted",
            text_of(path)
        ),
        "",
        "lower the cost, or raise the burst where the limit is declared",
    )
}

fn one_name(a: &Path, b: &Path) -> String {
    text(
        Code::Measure,
        &format!(
            "`{}` and `{}` are one limit by their name, and a request would be counted twice",
            text_of(a),
            text_of(b)
        ),
        "",
        "remove one of them",
    )
}

fn assertion(index: usize, place: Span, method: &str, arguments: &TokenStream, message: &str) -> TokenStream {
    let mut constant = limit_constant(index);
    // Every token of the call must stand there, or the whole attribute is underlined.
    constant.set_span(constant.span().located_at(place));
    let method = Ident::new(method, place);
    quote_spanned!(place=> const _: () = #constant.#method(#arguments #message);)
}

/// What a request takes of the limits whose cost is computed, in this phase.
pub(crate) fn charge(
    endpoint: &Endpoint,
    handler: &Handler,
    paths: &Paths<'_>,
    late: bool,
) -> impl Iterator<Item = TokenStream> {
    let (gate, cost) = (local("gate"), local("cost"));
    let limits = endpoint.limits.iter().enumerate();
    let computed = limits.filter_map(|(index, limit)| limit.cost.as_ref().map(|formula| (index, formula)));
    let due = computed.filter(move |(_, formula)| formula.is_late(handler) == late);
    due.map(move |(index, formula)| {
        let variables = formula.variables(handler, late);
        let closure = formula.closure(&endpoint.access, paths, None);
        let place = formula.expr.to_token_stream();
        let ask = if endpoint.access.has_caller() {
            quote_spanned!(place.span()=> cost(#closure)?)
        } else {
            quote_spanned!(place.span()=> cost_for_anyone(#closure))
        };
        quote! {
            #variables
            let #cost = #gate.#ask;
            #gate.charge(#index, #cost)
        }
    })
}
