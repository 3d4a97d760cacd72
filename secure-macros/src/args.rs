//! What was written: each key with its value and its place, nothing interpreted yet.

use darling::ast::NestedMeta;
use proc_macro2::TokenStream;
use secure_policy::{BindingKind, Kind, Method};
use syn::{Expr, LitInt, LitStr, Meta, Path, parse_quote};

use crate::diagnostic::{Code, Diagnostics};
use crate::expression::Expression;
use crate::limit;
use crate::options::{Keyed, flag, name_of, number, text, unknown};

/// Every key of the attribute.
const KEYS: [&str; 22] = [
    "get",
    "post",
    "put",
    "patch",
    "delete",
    "scope",
    "role",
    "authenticated",
    "optional",
    "public",
    "sender_constrained",
    "owner",
    "tenant",
    "shared",
    "when",
    "rate",
    "max_body",
    "timeout",
    "body_timeout",
    "concurrency",
    "gzip",
    "crate",
];

/// The attribute's arguments, as written.
#[derive(Default)]
pub(crate) struct Args {
    /// Access rules, in order.
    pub(crate) access: Vec<AccessArg>,
    pub(crate) sender_constrained: Option<Meta>,
    pub(crate) route: Option<RouteArg>,
    pub(crate) bindings: Vec<BindingArg>,
    pub(crate) when: Option<Expr>,
    pub(crate) rates: Vec<Keyed<limit::Value>>,
    pub(crate) max_body: Option<LitStr>,
    pub(crate) timeout: Option<LitStr>,
    pub(crate) body_timeout: Option<LitStr>,
    pub(crate) concurrency: Option<(u32, LitInt)>,
    pub(crate) gzip: Option<Meta>,
    krate: Option<Path>,
    /// The attribute has faults of its own, so what is absent may only be unreadable.
    pub(crate) incomplete: bool,
}

pub(crate) struct RouteArg {
    pub(crate) method: Method,
    pub(crate) path: LitStr,
    pub(crate) meta: Meta,
}

/// An access rule with the place where it stands.
pub(crate) struct AccessArg {
    pub(crate) rule: AccessRule,
    pub(crate) meta: Meta,
}

pub(crate) enum AccessRule {
    /// Scopes or roles.
    Names(Expression),
    Authenticated,
    Optional,
    Public(LitStr),
}

pub(crate) struct BindingArg {
    pub(crate) kind: BindingKind,
    pub(crate) keyed: Keyed,
}

impl Args {
    pub(crate) fn parse(tokens: TokenStream, diagnostics: &mut Diagnostics) -> Self {
        let mut args = Self::default();
        let items = match NestedMeta::parse_meta_list(tokens) {
            Ok(items) => items,
            Err(error) => {
                let help = "write the keys as `key = value`, separated by commas";
                diagnostics.push_at(error.span(), Code::Key, &error.to_string(), "", help);
                args.incomplete = true;
                return args;
            }
        };
        let before = diagnostics.is_empty();
        let mut seen: Vec<String> = Vec::new();
        for item in items {
            match item {
                NestedMeta::Lit(lit) => {
                    let help = "name what it is, as in `scope = \"read:orders\"`";
                    diagnostics.push(lit, Code::Key, "a value without a key", "", help);
                }
                NestedMeta::NameValueInvalidExpr(pair) => {
                    let help = "write a string, or for `when` a Rust condition";
                    diagnostics.push(&pair.value, Code::Key, "this is not a value", "", help);
                }
                NestedMeta::Meta(meta) => {
                    let name = name_of(&meta);
                    let repeatable = ["rate", "owner", "tenant", "shared"].contains(&name.as_str());
                    if !repeatable && seen.contains(&name) {
                        let help = "remove one of them";
                        diagnostics.push(&meta, Code::Key, &format!("`{name}` stands twice"), "", help);
                    } else {
                        args.take(&name, &meta, diagnostics);
                        seen.push(name);
                    }
                }
            }
        }
        args.incomplete = before && !diagnostics.is_empty();
        args
    }

    /// The runtime's path.
    pub(crate) fn krate(&self) -> Path {
        self.krate.clone().unwrap_or_else(|| parse_quote!(::secure_runtime))
    }

    fn take(&mut self, name: &str, meta: &Meta, diagnostics: &mut Diagnostics) {
        let method = Method::ALL
            .into_iter()
            .find(|method| method.as_str().eq_ignore_ascii_case(name));
        match name {
            _ if method.is_some() && name == name.to_ascii_lowercase() => {
                self.take_route(method, name, meta, diagnostics);
            }
            "scope" => self.take_expression(Kind::Scope, meta, diagnostics),
            "role" => self.take_expression(Kind::Role, meta, diagnostics),
            "public" => self.take_public(meta, diagnostics),
            "authenticated" if flag(meta, diagnostics) => self.add_access(AccessRule::Authenticated, meta),
            "optional" if flag(meta, diagnostics) => self.add_access(AccessRule::Optional, meta),
            "authenticated" | "optional" => {}
            "owner" => self.take_binding(BindingKind::Owner, meta, diagnostics),
            "tenant" => self.take_binding(BindingKind::Tenant, meta, diagnostics),
            "shared" => self.take_binding(BindingKind::Shared, meta, diagnostics),
            "when" => match meta {
                Meta::NameValue(pair) => self.when = Some(pair.value.clone()),
                _ => {
                    let help = "write `when = request.amount < 10_000`";
                    diagnostics.push(meta, Code::Key, "`when` needs a condition", "", help);
                }
            },
            "rate" => self.rates.extend(limit::read(meta, diagnostics)),
            "max_body" => self.max_body = text(meta, "max_body = \"1MiB\"", diagnostics),
            "timeout" => self.timeout = text(meta, "timeout = \"5s\"", diagnostics),
            "body_timeout" => self.body_timeout = text(meta, "body_timeout = \"5s\"", diagnostics),
            "concurrency" => self.concurrency = number(meta, "concurrency = 64", diagnostics),
            "sender_constrained" => self.sender_constrained = flag(meta, diagnostics).then(|| meta.clone()),
            "gzip" => self.gzip = flag(meta, diagnostics).then(|| meta.clone()),
            "crate" => self.take_crate(meta, diagnostics),
            "hidden" => {
                let help = "write `owner(\"user_id\", hidden)`";
                diagnostics.push(meta, Code::Key, "`hidden` belongs to `owner` or `tenant`", "", help);
            }
            other => unknown(meta, other, "key", &KEYS, diagnostics),
        }
    }

    fn take_route(&mut self, method: Option<Method>, name: &str, meta: &Meta, diagnostics: &mut Diagnostics) {
        let example = format!("{name} = \"/orders/{{order_id}}\"");
        let (Some(method), Some(path)) = (method, text(meta, &example, diagnostics)) else {
            return;
        };
        if let Some(other) = &self.route {
            let fault = format!(
                "an endpoint has one route, and `{}` is given as well",
                name_of(&other.meta)
            );
            let help = "write a handler for each method, and let both call one function";
            diagnostics.push(meta, Code::Path, &fault, "", help);
            return;
        }
        self.route = Some(RouteArg {
            method,
            path,
            meta: meta.clone(),
        });
    }

    fn take_expression(&mut self, kind: Kind, meta: &Meta, diagnostics: &mut Diagnostics) {
        if let Some(expression) = Expression::read(meta, kind, diagnostics) {
            self.add_access(AccessRule::Names(expression), meta);
        }
    }

    fn take_public(&mut self, meta: &Meta, diagnostics: &mut Diagnostics) {
        let note = "whoever reviews the endpoints reads this reason, and nothing else says that this is meant";
        let help = "write `public = \"health check, shows no data\"`";
        if matches!(meta, Meta::Path(_)) {
            self.incomplete = true;
            return diagnostics.push(meta, Code::PublicWithoutReason, "`public` without a reason", note, help);
        }
        let Some(reason) = text(meta, "public = \"health check, shows no data\"", diagnostics) else {
            return;
        };
        if reason.value().trim().is_empty() {
            diagnostics.push(
                &reason,
                Code::PublicWithoutReason,
                "`public` with an empty reason",
                note,
                help,
            );
        }
        self.add_access(AccessRule::Public(reason), meta);
    }

    fn add_access(&mut self, rule: AccessRule, meta: &Meta) {
        self.access.push(AccessArg {
            rule,
            meta: meta.clone(),
        });
    }

    fn take_binding(&mut self, kind: BindingKind, meta: &Meta, diagnostics: &mut Diagnostics) {
        let example = format!("{} = \"user_id\"", kind.as_str());
        if let Some(keyed) = Keyed::read(meta, &example, diagnostics) {
            self.bindings.push(BindingArg { kind, keyed });
        }
    }

    fn take_crate(&mut self, meta: &Meta, diagnostics: &mut Diagnostics) {
        if let Meta::NameValue(pair) = meta
            && let Expr::Path(path) = &pair.value
        {
            self.krate = Some(path.path.clone());
            return;
        }
        let Some(text) = text(meta, "crate = \"my_runtime\"", diagnostics) else {
            return;
        };
        match text.parse() {
            Ok(path) => self.krate = Some(path),
            Err(_) => {
                let help = "write the name under which `secure_runtime` is known here";
                diagnostics.push(&text, Code::Key, "this is not a path", "", help);
            }
        }
    }
}
