//! Values of arguments that are tied to the caller: `owner`, `tenant`, `shared`.

use secure_policy::{BindingKind, Kind};
use syn::{Ident, LitStr, Member};

use crate::args::BindingArg;
use crate::diagnostic::{Code, Diagnostics, list, nearest};
use crate::expression::Expression;
use crate::names::plain;
use crate::options::flag;
use crate::owned;
use crate::shape::last_segment;
use crate::signature::Handler;

/// A value of an argument, tied to the caller.
pub(crate) struct Binding {
    pub(crate) kind: BindingKind,
    /// As written.
    pub(crate) literal: LitStr,
    /// The variable, and the fields behind it.
    pub(crate) variable: Ident,
    pub(crate) fields: Vec<Member>,
    /// Which argument binds the variable.
    pub(crate) argument: usize,
    pub(crate) or_scope: Option<Expression>,
    pub(crate) hidden: bool,
    /// The argument is an object that the value names.
    pub(crate) loads: bool,
}

impl Binding {
    /// The last part of the value, which names the path's parameter.
    pub(crate) fn name(&self) -> String {
        match self.fields.last() {
            Some(Member::Named(field)) => plain(field),
            _ if self.loads => self.value(),
            _ => plain(&self.variable),
        }
    }

    /// The value as written, but for `r#`.
    pub(crate) fn value(&self) -> String {
        self.literal.value().replace("r#", "")
    }

    /// `None` after a fault.
    pub(crate) fn resolve(arg: BindingArg, handler: &Handler, diagnostics: &mut Diagnostics) -> Option<Self> {
        let key = arg.kind.as_str();
        let literal = arg.keyed.value.clone();
        let (mut or_scope, mut hidden) = (None, false);
        let known: &[&str] = match arg.kind {
            BindingKind::Shared => &[],
            BindingKind::Owner | BindingKind::Tenant => &["or_scope", "hidden"],
        };
        arg.keyed
            .each_option(known, diagnostics, |name, meta, diagnostics| match name {
                "or_scope" => or_scope = Expression::read(meta, Kind::Scope, diagnostics),
                _ => hidden = flag(meta, diagnostics),
            });
        let Some((mut variable, fields)) = place_of(&literal) else {
            let fault = format!("`{}` does not name a value", literal.value());
            let help = format!(
                "write the name of an argument's variable, as in `{key} = \"user_id\"` or `{key} = \"request.user_id\"`"
            );
            diagnostics.push(&literal, Code::UnknownArgument, &fault, "", &help);
            return None;
        };
        let arguments = handler.arguments.iter().enumerate();
        let mut named = arguments.flat_map(|(i, argument)| argument.names.iter().map(move |name| (i, name)));
        let found = named.find(|(_, name)| plain(name) == plain(&variable));
        let found_loads = found.is_some_and(|(i, _)| handler.arguments.get(i).is_some_and(|argument| argument.loads));
        if found.is_none() || found_loads {
            let tied = owned::argument_named(&variable, handler);
            if let Some((argument, fields)) = tied.map(|argument| (argument, &fields)) {
                if !fields.is_empty() {
                    let fault = format!(
                        "`{}` looks into an object that says itself whose it is",
                        literal.value()
                    );
                    let help =
                        format!("name the parameter of the path that it is loaded by, as in `{key} = \"order_id\"`");
                    diagnostics.push(&literal, Code::Resource, &fault, "", &help);
                    return None;
                }
                return Some(Self {
                    kind: arg.kind,
                    literal,
                    variable,
                    fields: Vec::new(),
                    argument,
                    or_scope,
                    hidden,
                    loads: true,
                });
            }
        }
        let Some((argument, name)) = found else {
            let names: Vec<String> = handler
                .arguments
                .iter()
                .flat_map(|a| &a.names)
                .map(ToString::to_string)
                .collect();
            let known: Vec<&str> = names.iter().map(String::as_str).collect();
            let fault = format!("`{}` has no argument `{variable}` to compare", handler.name());
            let help = match nearest(&variable.to_string(), &known) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!(
                    "take it as an argument, as in `Path({variable}): Path<UserId>`; there is {}",
                    list(&known)
                ),
            };
            diagnostics.push(&literal, Code::UnknownArgument, &fault, "", &help);
            return None;
        };
        if let Some(ty) = handler
            .arguments
            .get(argument)
            .and_then(|argument| server_side(&argument.ty))
        {
            let fault = format!(
                "`{key} = \"{}\"` names a `{ty}`, which the client does not send",
                literal.value()
            );
            let help = "name a value of the path, the query or the body, or remove the key";
            diagnostics.push(&literal, Code::UnknownArgument, &fault, "", help);
            return None;
        }
        // A macro may have got the one from its caller, and have written the other itself.
        variable.set_span(variable.span().resolved_at(name.span()));
        Some(Self {
            kind: arg.kind,
            literal,
            variable,
            fields,
            argument,
            or_scope,
            hidden,
            loads: false,
        })
    }
}

/// An argument that the server brings along, by its written name: it improves the message only, an alias is caught by its
/// type.
fn server_side(ty: &syn::Type) -> Option<String> {
    last_segment(ty).filter(|name| ["State", "Extension", "Principal", "Claims"].contains(&name.as_str()))
}

/// `user_id`, `request.user_id`, `user.0`.
fn place_of(literal: &LitStr) -> Option<(Ident, Vec<Member>)> {
    let mut expr: syn::Expr = literal.parse().ok()?;
    let mut fields = Vec::new();
    loop {
        match expr {
            syn::Expr::Field(field) => {
                fields.insert(0, field.member);
                expr = *field.base;
            }
            syn::Expr::Path(path) => {
                let ident = path.path.get_ident()?.clone();
                return Some((ident, fields));
            }
            _ => return None,
        }
    }
}
