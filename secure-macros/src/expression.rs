//! Expressions over scopes and roles, as a string in the policy's grammar or over constants that the application declared.

use quote::ToTokens as _;
use secure_policy::{Expr, Kind};
use syn::{BinOp, Lit, Meta, Path};

use crate::diagnostic::{Code, Diagnostics};
use crate::options::{literal, name_of};

/// An expression with the constants that stand behind its names, where it is written with constants.
pub(crate) struct Expression {
    pub(crate) expr: Expr,
    constants: Vec<(String, Path)>,
    pub(crate) kind: Kind,
}

impl Expression {
    /// `scope = "a & b"`, or `scope = scopes::A & scopes::B`.
    pub(crate) fn read(meta: &Meta, kind: Kind, diagnostics: &mut Diagnostics) -> Option<Self> {
        let noun = kind.noun();
        let key = name_of(meta);
        let help = format!("write `{key} = \"…\"`, or constants that `{noun}s!` declares, joined by `&` and `|`");
        let Meta::NameValue(pair) = meta else {
            let fault = match meta {
                Meta::Path(_) => format!("`{key}` needs a value"),
                _ => format!("`{key}` takes one value and no options"),
            };
            diagnostics.push(meta, Code::Key, &fault, "", &help);
            return None;
        };
        let mut constants = Vec::new();
        let text = if let Some(Lit::Str(text)) = literal(&pair.value) {
            text.value()
        } else {
            let Some(text) = text_of(&pair.value, &mut constants) else {
                let fault = format!("the value of `{key}` is neither a string nor made of declared {noun}s");
                diagnostics.push(&pair.value, Code::Key, &fault, "", &help);
                return None;
            };
            text
        };
        let expr = diagnostics.keep(&pair.value, Code::Expression, Expr::parse(&text, kind))?;
        Some(Self { expr, constants, kind })
    }

    /// Is it written with constants?
    pub(crate) fn has_constants(&self) -> bool {
        !self.constants.is_empty()
    }

    /// The constant behind a name.
    pub(crate) fn constant(&self, name: &str) -> Option<&Path> {
        self.constants
            .iter()
            .find(|(text, _)| text == name)
            .map(|(_, path)| path)
    }
}

/// The expression in the policy's grammar, with paths for names, so that one parser finds what is redundant in both.
fn text_of(expr: &syn::Expr, constants: &mut Vec<(String, Path)>) -> Option<String> {
    match expr {
        syn::Expr::Path(path) => {
            let text: String = path.to_token_stream().to_string().split_whitespace().collect();
            constants.push((text.clone(), path.path.clone()));
            Some(text)
        }
        syn::Expr::Paren(inner) => text_of(&inner.expr, constants),
        syn::Expr::Group(inner) => text_of(&inner.expr, constants),
        syn::Expr::Binary(binary) => {
            let operator = match binary.op {
                BinOp::BitAnd(_) => '&',
                BinOp::BitOr(_) => '|',
                _ => return None,
            };
            let (left, right) = (text_of(&binary.left, constants)?, text_of(&binary.right, constants)?);
            Some(format!("({left}) {operator} ({right})"))
        }
        _ => None,
    }
}
