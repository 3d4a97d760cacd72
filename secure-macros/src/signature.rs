use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::parse::{Parse, ParseStream};
use syn::{
    Attribute, FnArg, GenericArgument, Ident, Pat, PathArguments, ReturnType, Safety, Signature, Type, Visibility,
};

use crate::diagnostic::{Code, Diagnostics};
use crate::names::bound_by;
use crate::shape::last_segment;

/// The function below the attribute. Its body stays tokens, so that half-typed code survives.
pub(crate) struct Handler {
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) vis: Visibility,
    pub(crate) sig: Signature,
    pub(crate) body: TokenStream,
    pub(crate) arguments: Vec<Argument>,
}

/// One argument of the handler.
pub(crate) struct Argument {
    pub(crate) pat: Pat,
    pub(crate) ty: Type,
    /// The variables that its pattern binds.
    pub(crate) names: Vec<Ident>,
    /// It is an object that a parameter of the path names, by its written type: an alias is refused by its type.
    pub(crate) loads: bool,
}

struct Item {
    attrs: Vec<Attribute>,
    vis: Visibility,
    sig: Signature,
    body: TokenStream,
}

impl Parse for Item {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        Ok(Self {
            attrs: input.call(Attribute::parse_outer)?,
            vis: input.parse()?,
            sig: input.parse()?,
            body: input.parse()?,
        })
    }
}

impl Handler {
    /// `None` if this is no function at all; a function that cannot be a handler is returned with its faults reported.
    pub(crate) fn parse(tokens: TokenStream, diagnostics: &mut Diagnostics) -> Option<Self> {
        let place = tokens
            .clone()
            .into_iter()
            .next()
            .map_or_else(Span::call_site, |token| token.span());
        let Ok(item) = syn::parse2::<Item>(tokens) else {
            let help = "move the attribute to an `async fn`";
            diagnostics.push_at(
                place,
                Code::Signature,
                "`#[secure]` stands on something that is not a function",
                "",
                help,
            );
            return None;
        };
        let arguments = item.sig.inputs.iter().filter_map(|input| match input {
            FnArg::Typed(typed) => Some(Argument {
                pat: (*typed.pat).clone(),
                ty: (*typed.ty).clone(),
                names: bound_by(&typed.pat),
                loads: last_segment(&typed.ty).is_some_and(|name| name == "Owned"),
            }),
            FnArg::Receiver(_) => None,
        });
        let handler = Self {
            arguments: arguments.collect(),
            attrs: item.attrs,
            vis: item.vis,
            sig: item.sig,
            body: item.body,
        };
        handler.check(diagnostics);
        Some(handler)
    }

    pub(crate) fn name(&self) -> &Ident {
        &self.sig.ident
    }

    /// The argument that may read the body: the last, unless it is loaded.
    pub(crate) fn body_argument(&self) -> Option<usize> {
        let last = self.arguments.last()?;
        (!last.loads).then(|| self.arguments.len() - 1)
    }

    fn check(&self, diagnostics: &mut Diagnostics) {
        let sig = &self.sig;
        let mut fault = |place: &dyn ToTokens, fault: &str, help: &str| {
            diagnostics.push(place, Code::Signature, fault, "", help);
        };
        if sig.asyncness.is_none() {
            fault(&sig.fn_token, "a handler must be `async`", "write `async fn`");
        }
        if !matches!(sig.safety, Safety::Default) {
            fault(
                &sig.safety,
                "a handler cannot be `unsafe`",
                "move the unsafe part into a function of its own, with its proof",
            );
        }
        if let Some(abi) = &sig.abi {
            fault(abi, "a handler cannot be `extern`", "remove the ABI");
        }
        if let Some(token) = &sig.constness {
            fault(token, "a handler cannot be `const`", "remove `const`");
        }
        if !sig.generics.params.is_empty() {
            fault(
                &sig.generics,
                "a handler cannot be generic",
                "name the types: a route has one policy and one signature",
            );
        }
        if let Some(clause) = &sig.generics.where_clause {
            fault(clause, "a handler cannot have a `where` clause", "remove it");
        }
        for input in &sig.inputs {
            match input {
                FnArg::Receiver(receiver) => {
                    fault(
                        receiver,
                        "a handler cannot take `self`",
                        "take what it needs as `State(…): State<…>`",
                    );
                }
                FnArg::Typed(typed) if typed.attrs.iter().any(is_conditional) => {
                    let attr = typed.attrs.iter().find(|attr| is_conditional(attr));
                    fault(
                        &attr,
                        "a handler's argument cannot depend on `cfg`",
                        "write a handler for each case, with the `cfg` above it",
                    );
                }
                FnArg::Typed(typed) if mentions_impl(&typed.ty) => {
                    fault(
                        &typed.ty,
                        "a handler's argument cannot be `impl Trait`",
                        "name the type",
                    );
                }
                FnArg::Typed(_) => {}
            }
        }
        if let ReturnType::Type(_, ty) = &sig.output
            && bare_impl(ty)
        {
            diagnostics.push(
                ty,
                Code::Answer,
                "`impl Trait` as an answer does not say what it exposes",
                "",
                "return `Json<…>`, a status or text; anything else goes into `Opaque<…>`, as in `Opaque<impl IntoResponse>`",
            );
        }
        let mut fault = |place: &dyn ToTokens, fault: &str, help: &str| {
            diagnostics.push(place, Code::Signature, fault, "", help);
        };
        for attr in self.attrs.iter().filter(|attr| is_secure(attr)) {
            fault(
                attr,
                "`#[secure]` stands twice on this handler",
                "write one attribute with all of it",
            );
        }
    }
}

/// A second attribute is reported, and then left out.
pub(crate) fn is_secure(attr: &Attribute) -> bool {
    attr.path()
        .segments
        .last()
        .is_some_and(|segment| segment.ident == "secure")
}

fn is_conditional(attr: &Attribute) -> bool {
    attr.path().is_ident("cfg") || attr.path().is_ident("cfg_attr")
}

/// `impl Trait` as the answer, by itself or in a `Result`.
fn bare_impl(ty: &Type) -> bool {
    let Type::Path(path) = ty else {
        return matches!(ty, Type::ImplTrait(_));
    };
    let result = path.path.segments.last().filter(|last| last.ident == "Result");
    let Some(PathArguments::AngleBracketed(arguments)) = result.map(|last| &last.arguments) else {
        return false;
    };
    matches!(arguments.args.first(), Some(GenericArgument::Type(Type::ImplTrait(_))))
}

pub(crate) fn mentions_impl(ty: &Type) -> bool {
    struct Finder(bool);
    impl<'a> syn::visit::Visit<'a> for Finder {
        fn visit_type_impl_trait(&mut self, _: &'a syn::TypeImplTrait) {
            self.0 = true;
        }
    }
    let mut finder = Finder(false);
    syn::visit::Visit::visit_type(&mut finder, ty);
    finder.0
}
