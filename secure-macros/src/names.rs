//! The names that patterns bind, that expressions mention, and that expansions share.

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::ext::IdentExt as _;
use syn::visit::Visit;
use syn::{Ident, Pat};

/// The name without `r#`, as paths and policies know it.
pub(crate) fn plain(ident: &Ident) -> String {
    ident.unraw().to_string()
}

/// The variables that a pattern binds.
pub(crate) fn bound_by(pat: &Pat) -> Vec<Ident> {
    let mut names = Bound(Vec::new());
    names.visit_pat(pat);
    names.0
}

struct Bound(Vec<Ident>);

impl<'a> Visit<'a> for Bound {
    fn visit_pat_ident(&mut self, pat: &'a syn::PatIdent) {
        self.0.push(pat.ident.clone());
        syn::visit::visit_pat_ident(self, pat);
    }
}

/// The same pattern for a reference: without `mut` and `ref`, which default binding modes replace.
pub(crate) fn by_reference(pat: &Pat) -> Pat {
    let mut pat = pat.clone();
    strip(&mut pat);
    pat
}

fn strip(pat: &mut Pat) {
    match pat {
        Pat::Ident(ident) => {
            ident.by_ref = None;
            ident.mutability = None;
            if let Some((_, inner)) = &mut ident.subpat {
                strip(inner);
            }
        }
        Pat::Tuple(tuple) => tuple.elems.iter_mut().for_each(strip),
        Pat::TupleStruct(tuple) => tuple.elems.iter_mut().for_each(strip),
        Pat::Struct(fields) => fields.fields.iter_mut().for_each(|field| strip(&mut field.pat)),
        Pat::Slice(slice) => slice.elems.iter_mut().for_each(strip),
        Pat::Paren(paren) => strip(&mut paren.pat),
        Pat::Or(or) => or.cases.iter_mut().for_each(strip),
        _ => {}
    }
}

/// The variables that an expression itself binds: in closures, `let` and the arms of a `match`.
pub(crate) fn bound_within(expr: &syn::Expr) -> Vec<Ident> {
    let mut names = Bound(Vec::new());
    names.visit_expr(expr);
    names.0
}

/// What a Rust expression mentions, found in its tokens: macros are looked into as well.
pub(crate) struct Mentions {
    idents: Vec<Ident>,
    /// A macro may name a variable inside a string, as `format!("{x}")` does.
    pub(crate) has_macro: bool,
}

impl Mentions {
    pub(crate) fn of(tokens: TokenStream) -> Self {
        let mut mentions = Self {
            idents: Vec::new(),
            has_macro: false,
        };
        mentions.read(tokens);
        mentions
    }

    /// The first mention of a [plain](plain) name.
    pub(crate) fn get(&self, name: &str) -> Option<&Ident> {
        self.idents.iter().find(|ident| plain(ident) == name)
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    fn read(&mut self, tokens: TokenStream) {
        let (mut after_bang, mut dots, mut colons) = (false, 0, 0);
        for token in tokens {
            let is = |char| matches!(&token, TokenTree::Punct(punct) if punct.as_char() == char);
            let bang = is('!');
            // One dot makes a field or a method, and two colons a path's segment, neither of them a variable of that name;
            // two dots make a range.
            let member = dots == 1 || colons == 2;
            dots = if is('.') { dots + 1 } else { 0 };
            colons = if is(':') { colons + 1 } else { 0 };
            match token {
                TokenTree::Ident(ident) if !member => self.idents.push(ident),
                TokenTree::Group(group) => {
                    self.has_macro |= after_bang;
                    self.read(group.stream());
                }
                TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
            after_bang = bang;
        }
    }
}

/// The constant that proves that something checks each argument, and knows where it comes from; and, at its end, that the
/// answer says what it exposes. Constants are not hygienic, and the handler's body can see this one: hence the underscores.
pub(crate) fn proofs_constant() -> Ident {
    Ident::new("__PROOFS", Span::mixed_site())
}

/// The constant that is a declared limit, as this endpoint names it.
pub(crate) fn limit_constant(index: usize) -> Ident {
    Ident::new(&format!("__LIMIT_{index}"), Span::mixed_site())
}

/// A variable of the expansion, which the user's code can neither see nor shadow. A handler may be called `state`, so that
/// a variable cannot be.
pub(crate) fn local(name: &str) -> Ident {
    Ident::new(&format!("__{name}"), Span::mixed_site())
}

/// The variable that holds an argument's value.
pub(crate) fn variable(index: usize) -> Ident {
    local(&format!("argument_{index}"))
}
