//! A Rust expression over the handler's arguments: the condition, or what a request costs.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens as _, quote};
use syn::{Expr, Ident};

use crate::endpoint::Access;
use crate::names::{Mentions, by_reference, plain, variable};
use crate::paths::Paths;
use crate::signature::Handler;

/// The expression, and what it mentions.
pub(crate) struct Formula {
    pub(crate) expr: Expr,
    pub(crate) mentions: Mentions,
}

impl Formula {
    pub(crate) fn of(expr: Expr) -> Self {
        Self {
            mentions: Mentions::of(expr.to_token_stream()),
            expr,
        }
    }

    /// As written, but for spaces.
    pub(crate) fn text(&self) -> String {
        self.expr.to_token_stream().to_string()
    }

    /// Does it need what the last argument reads? A macro may hide a name in a string, so it counts as if it did.
    pub(crate) fn is_late(&self, handler: &Handler) -> bool {
        let body = handler.body_argument().and_then(|body| handler.arguments.get(body));
        let names = body.map_or(&[] as &[Ident], |argument| &argument.names);
        self.mentions.has_macro || names.iter().any(|name| self.mentions.has(&plain(name)))
    }

    /// The variables that it may mention. What holds the arguments are references.
    pub(crate) fn variables(&self, handler: &Handler, late: bool) -> TokenStream {
        let unread = handler.body_argument().filter(|_| !late);
        let arguments = handler.arguments.iter().enumerate();
        let read = arguments.filter(|(i, _)| Some(*i) != unread);
        let mentioned = read.filter(|(_, argument)| {
            self.mentions.has_macro || argument.names.iter().any(|name| self.mentions.has(&plain(name)))
        });
        mentioned
            .map(|(i, argument)| {
                let (pat, variable) = (by_reference(&argument.pat), variable(i));
                quote!(let #pat = #variable;)
            })
            .collect()
    }

    /// The expression in a closure over the caller, so that nothing in it can return from the gate's stages.
    pub(crate) fn closure(&self, access: &Access, paths: &Paths<'_>, output: Option<TokenStream>) -> TokenStream {
        let (expr, principal, option) = (&self.expr, paths.principal(), paths.option());
        let output = output.map(|output| quote!(-> #output));
        // A macro may have got the expression from its caller.
        let span = self.mentions.get("caller").map_or_else(Span::call_site, Ident::span);
        let caller = Ident::new("caller", Span::call_site().resolved_at(span));
        let ty = if access.has_caller() {
            quote!(&#principal)
        } else {
            quote!(#option<&#principal>)
        };
        // It may begin with a block, which would be a statement; and it may have parentheses of its own.
        quote!(|#caller: #ty| #output { (#expr) })
    }
}
