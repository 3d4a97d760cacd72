//! The names that serde gives to members and variants, and the attributes of serde that a checked type may have.

use std::str::FromStr as _;

use ident_case::RenameRule;
use quote::ToTokens as _;
use syn::{Attribute, LitStr, Meta, Token, punctuated::Punctuated};

use crate::diagnostic::{Code, Diagnostics, list};
use crate::options::name_of;

/// What serde's attributes say at one place.
#[derive(Default)]
pub(crate) struct Naming {
    rename: Option<LitStr>,
    rename_all: Option<LitStr>,
    rename_all_fields: Option<LitStr>,
    pub(crate) tag: Option<LitStr>,
    pub(crate) content: Option<LitStr>,
    /// The member may be left out.
    pub(crate) default: bool,
    pub(crate) skip_serializing_if: Option<LitStr>,
    pub(crate) transparent: bool,
    pub(crate) deny_unknown_fields: bool,
    /// A function reads it, and not its type.
    pub(crate) reads_otherwise: bool,
}

impl Naming {
    /// Reads `#[serde(…)]`, of which only `known` keys may stand here: others would read or write more than the attribute
    /// sees.
    pub(crate) fn read(attrs: &[Attribute], known: &[&str], diagnostics: &mut Diagnostics) -> Self {
        let mut naming = Self::default();
        for attr in attrs.iter().filter(|attr| attr.path().is_ident("serde")) {
            // What is no list of keys is serde's to refuse.
            let Ok(metas) = attr.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated) else {
                continue;
            };
            for meta in metas {
                naming.take(&meta, known, diagnostics);
            }
        }
        naming
    }

    fn take(&mut self, meta: &Meta, known: &[&str], diagnostics: &mut Diagnostics) {
        let name = name_of(meta);
        if !known.contains(&name.as_str()) {
            let fault = format!("`serde({name})` cannot stand here");
            let note = "it would let something in or out that the attribute does not see";
            let help = format!("of serde's keys, these can: {}", list(known));
            diagnostics.push(meta, Code::Data, &fault, note, &help);
            return;
        }
        let text = match meta {
            Meta::NameValue(pair) => syn::parse2::<LitStr>(pair.value.to_token_stream()).ok(),
            _ => None,
        };
        match name.as_str() {
            "rename" => self.rename = text.or_else(|| two_names(meta, diagnostics)),
            "rename_all" => self.rename_all = text.or_else(|| two_names(meta, diagnostics)),
            "rename_all_fields" => self.rename_all_fields = text.or_else(|| two_names(meta, diagnostics)),
            "tag" => self.tag = text,
            "content" => self.content = text,
            "default" => self.default = true,
            "transparent" => self.transparent = true,
            "deny_unknown_fields" => self.deny_unknown_fields = true,
            "with" | "deserialize_with" => self.reads_otherwise = true,
            "skip_serializing_if" => self.skip_serializing_if = text.filter(|text| is_path(text, diagnostics)),
            _ => {}
        }
    }

    /// A field's name outside; `within` is what is said around it.
    pub(crate) fn field(&self, ident: &str, within: &Self) -> String {
        match &self.rename {
            Some(name) => name.value(),
            None => apply(within.rename_all.as_ref(), ident, |rule, ident| {
                rule.apply_to_field(ident)
            }),
        }
    }

    /// A variant's name outside.
    pub(crate) fn variant(&self, ident: &str, within: &Self) -> String {
        match &self.rename {
            Some(name) => name.value(),
            None => apply(within.rename_all.as_ref(), ident, |rule, ident| {
                rule.apply_to_variant(ident)
            }),
        }
    }

    /// What a variant's fields go by: its own rule, else the one that the enum has for all.
    pub(crate) fn for_fields(&self, within: &Self) -> Self {
        Self {
            rename_all: self.rename_all.clone().or_else(|| within.rename_all_fields.clone()),
            ..Self::default()
        }
    }
}

fn is_path(text: &LitStr, diagnostics: &mut Diagnostics) -> bool {
    let is_path = text.parse::<syn::Path>().is_ok();
    if !is_path {
        let help = "write `skip_serializing_if = \"Option::is_none\"`";
        diagnostics.push(text, Code::Data, "this is not the name of a function", "", help);
    }
    is_path
}

/// `rename(serialize = …, deserialize = …)`: two names for one thing.
fn two_names(meta: &Meta, diagnostics: &mut Diagnostics) -> Option<LitStr> {
    let name = name_of(meta);
    let fault = format!("`{name}` gives two names to one thing");
    diagnostics.push(meta, Code::Data, &fault, "", &format!("write `{name} = \"…\"`"));
    None
}

/// A style that serde knows; others are serde's to refuse.
fn apply(style: Option<&LitStr>, ident: &str, rename: fn(&RenameRule, &str) -> String) -> String {
    let Some(style) = style.map(LitStr::value) else {
        return ident.to_owned();
    };
    match style.as_str() {
        "UPPERCASE" => ident.to_ascii_uppercase(),
        "SCREAMING-KEBAB-CASE" => rename(&RenameRule::ScreamingSnakeCase, ident).replace('_', "-"),
        known => RenameRule::from_str(known).map_or_else(|_| ident.to_owned(), |rule| rename(&rule, ident)),
    }
}
