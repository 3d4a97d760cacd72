//! `limits!`: rates with a name, which endpoints share.

use proc_macro2::{TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use secure_policy::valid_limit_name;
use syn::parse::{Parse, ParseStream, Parser as _};
use syn::{Attribute, Ident, LitStr, Meta, Path, Token, Visibility};

use super::expand::own;
use super::rate::Written;
use crate::diagnostic::{Code, Diagnostics};
use crate::names::plain;
use crate::options::{Keyed, name_of};

/// `pub SEARCH = "30/min";`
struct Declaration {
    attrs: Vec<Attribute>,
    vis: Visibility,
    name: Ident,
    value: TokenStream,
    ended: bool,
}

impl Parse for Declaration {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attrs = input.call(Attribute::parse_outer)?;
        let (vis, name) = (input.parse()?, input.parse()?);
        let _: Token![=] = input.parse()?;
        let mut value = TokenStream::new();
        while !input.is_empty() && !input.peek(Token![;]) {
            let token: TokenTree = input.parse()?;
            value.extend([token]);
        }
        let ended = input.parse::<Option<Token![;]>>()?.is_some();
        Ok(Self {
            attrs,
            vis,
            name,
            value,
            ended,
        })
    }
}

/// The runtime's path and a `;`, then the declarations.
pub(crate) fn limits(tokens: TokenStream) -> TokenStream {
    let mut diagnostics = Diagnostics::default();
    let expand = |input: ParseStream<'_>| {
        let krate = input.call(Path::parse_mod_style)?;
        let _: Token![;] = input.parse()?;
        Ok(constants(input, &krate, &mut diagnostics))
    };
    match expand.parse2(tokens) {
        Ok(constants) => {
            let errors = diagnostics.to_compile_errors();
            quote!(#errors #constants)
        }
        // The path is no fault of the user's: `limits!` writes it.
        Err(error) => error.to_compile_error(),
    }
}

/// A constant for each declaration. After a fault of the form it goes on behind the next `;`.
fn constants(input: ParseStream<'_>, krate: &Path, diagnostics: &mut Diagnostics) -> TokenStream {
    let help = "write `pub SEARCH = \"30/min\";`";
    let mut constants = TokenStream::new();
    while !input.is_empty() {
        match input.parse::<Declaration>() {
            Ok(declaration) => {
                if !declaration.ended {
                    let fault = format!("there is no `;` after `{}`", declaration.name);
                    diagnostics.push(&declaration.name, Code::Key, &fault, "", help);
                }
                constants.extend(declaration.constant(krate, diagnostics));
            }
            Err(error) => {
                diagnostics.push_at(error.span(), Code::Key, &error.to_string(), "", help);
                while !input.is_empty() && input.parse::<Token![;]>().is_err() {
                    let _ = input.parse::<TokenTree>();
                }
            }
        }
    }
    constants
}

impl Declaration {
    /// After a fault it is a constant all the same, so that nothing else turns red.
    fn constant(&self, krate: &Path, diagnostics: &mut Diagnostics) -> TokenStream {
        let (attrs, vis, name) = (&self.attrs, &self.vis, &self.name);
        let (room, ty) = (quote!(#krate::policy), quote!(#krate::policy::Rate));
        let before = diagnostics.len();
        let shared = self.shared_name(diagnostics);
        let rate = match self.rate(diagnostics) {
            Some(written) => own(&written.rate, &room),
            None => quote!(#ty::new(1, 1)),
        };
        let named = (diagnostics.len() == before).then(|| quote!(.named(#shared)));
        let named = named.unwrap_or_else(|| quote!(.named("unreadable")));
        // A second constant of that name is underlined, and not all of them.
        quote_spanned!(name.span()=> #(#attrs)* #vis const #name: #ty = #rate #named;)
    }

    /// `full-text` for `FULL_TEXT`: one name for one constant, and none for two.
    fn shared_name(&self, diagnostics: &mut Diagnostics) -> String {
        let constant = plain(&self.name);
        let name = constant.to_ascii_lowercase().replace('_', "-");
        if constant != constant.to_ascii_uppercase() || !valid_limit_name(&name) {
            diagnostics.push(
                &self.name,
                Code::Key,
                &format!("`{constant}` cannot be the name of a limit"),
                "",
                "write capital letters, digits and `_`, beginning with a letter, as in `FULL_TEXT`; 64 characters at most",
            );
        }
        name
    }

    fn rate(&self, diagnostics: &mut Diagnostics) -> Option<Written> {
        let keyed = if let Ok(value) = syn::parse2::<LitStr>(self.value.clone()) {
            Keyed {
                value,
                options: Vec::new(),
            }
        } else {
            match syn::parse2::<Meta>(self.value.clone()) {
                Ok(meta @ Meta::List(_)) if name_of(&meta) == "rate" => {
                    Keyed::read(&meta, "rate(\"30/min\", burst = 60)", diagnostics)?
                }
                _ => return self.no_rate(diagnostics),
            }
        };
        let written = Written::read(&keyed.value, &keyed, diagnostics)?;
        if let Some(formula) = &written.cost {
            let fault = "a computed cost, where there are no arguments to compute it from";
            let help = format!(
                "write a number here, and the expression at the endpoint, as in `rate(limits::{}, cost = page.size)`",
                self.name
            );
            diagnostics.push(&formula.expr, Code::Key, fault, "", &help);
        }
        Some(written)
    }

    fn no_rate(&self, diagnostics: &mut Diagnostics) -> Option<Written> {
        let name = &self.name;
        let help = format!("write `{name} = \"30/min\";`, or `{name} = rate(\"30/min\", burst = 60);`");
        if self.value.is_empty() {
            diagnostics.push(name, Code::Key, &format!("`{name}` needs a value"), "", &help);
        } else {
            let fault = format!("the value of `{name}` is neither a string nor `rate(…)`");
            diagnostics.push(&self.value, Code::Key, &fault, "", &help);
        }
        None
    }
}
