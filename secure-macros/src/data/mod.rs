//! What `#[input]` and `#[output]` share: the type below the attribute, and the names that its members have outside.

mod item;
mod serde_names;

pub(crate) use item::{
    Group, Item, Member, SerdeKeys, Shape, Variant, VariantFields, bound, is_newtype, is_plain, own, variable,
    without_raw, without_self,
};
use serde_names::Naming;

use darling::ast::NestedMeta;
use proc_macro2::TokenStream;
use syn::{Expr, Lit, Meta, Path, parse_quote};

use crate::diagnostic::{Code, Diagnostics};
use crate::names::Mentions;
use crate::options::{name_of, unknown};

/// The arguments of the attribute on the type.
pub(crate) struct Arguments {
    pub(crate) krate: Path,
    /// The others, as written.
    pub(crate) others: Vec<Meta>,
}

impl Arguments {
    /// `known` are the keys beside `crate`.
    pub(crate) fn parse(tokens: TokenStream, known: &[&str], diagnostics: &mut Diagnostics) -> Self {
        let mut arguments = Self {
            krate: parse_quote!(::secure_runtime),
            others: Vec::new(),
        };
        for meta in metas(tokens, diagnostics) {
            let name = name_of(&meta);
            match &meta {
                Meta::NameValue(pair) if name == "crate" => match path_of(&pair.value) {
                    Some(path) => arguments.krate = path,
                    None => {
                        let help = "write the name under which `secure_runtime` is known here";
                        diagnostics.push(&pair.value, Code::Key, "this is not a path", "", help);
                    }
                },
                _ if known.contains(&name.as_str()) => arguments.others.push(meta),
                _ => unknown(&meta, &name, "key", &[known, &["crate"]].concat(), diagnostics),
            }
        }
        arguments
    }
}

/// The keys of a list, each once.
pub(crate) fn metas(tokens: TokenStream, diagnostics: &mut Diagnostics) -> Vec<Meta> {
    let items = match NestedMeta::parse_meta_list(tokens) {
        Ok(items) => items,
        Err(error) => {
            let help = "write the keys separated by commas, as in `length(max = 80), email`";
            diagnostics.push_at(error.span(), Code::Key, &error.to_string(), "", help);
            return Vec::new();
        }
    };
    let mut metas: Vec<Meta> = Vec::new();
    for item in items {
        match item {
            NestedMeta::Meta(meta) => {
                let name = name_of(&meta);
                if metas.iter().any(|other| name_of(other) == name) {
                    let fault = format!("`{name}` stands twice");
                    diagnostics.push(&meta, Code::Key, &fault, "", "remove one of them");
                } else {
                    metas.push(meta);
                }
            }
            NestedMeta::Lit(lit) => {
                let help = "name what it is, as in `length(max = 80)`";
                diagnostics.push(lit, Code::Key, "a value without a key", "", help);
            }
            NestedMeta::NameValueInvalidExpr(pair) => {
                let help = "write a string, a number or a path";
                diagnostics.push(&pair.value, Code::Key, "this is not a value", "", help);
            }
        }
    }
    metas
}

/// A path, written as such or as a string.
pub(crate) fn path_of(value: &Expr) -> Option<Path> {
    match value {
        Expr::Path(path) => Some(path.path.clone()),
        Expr::Group(group) => path_of(&group.expr),
        Expr::Lit(lit) => match &lit.lit {
            Lit::Str(text) => text.parse().ok(),
            _ => None,
        },
        _ => None,
    }
}

/// An attribute of ours that stands on the type a second time is reported, and left out.
pub(crate) fn once(item: &mut syn::DeriveInput, name: &str, diagnostics: &mut Diagnostics) {
    for attr in item.attrs.extract_if(.., |attr| is_called(attr.path(), name)) {
        let fault = format!("`#[{name}]` stands twice on this type");
        diagnostics.push(attr, Code::Data, &fault, "", "remove one of them");
    }
}

/// The type without our attributes, and without serde's where nothing is left that reads those.
pub(crate) fn without_serde(item: syn::DeriveInput, attribute: &str) -> syn::DeriveInput {
    let keeps = |name: &str| item.attrs.iter().any(|attr| reads(attr, name));
    let kept: Vec<&str> = ["serde", "schemars"].into_iter().filter(|name| keeps(name)).collect();
    let is_read = |attr: &syn::Attribute| kept.iter().any(|name| attr.path().is_ident(name));
    let mut item = retain(without_ours(item, attribute), |attr| !is_told(attr) || is_read(attr));
    // Below the attribute that brings what reads them.
    item.attrs.sort_by_key(is_told);
    item
}

/// The type without our attributes.
pub(crate) fn without_ours(item: syn::DeriveInput, attribute: &str) -> syn::DeriveInput {
    retain(item, |attr| {
        !attr.path().is_ident(attribute) && conditional(attr, attribute).is_none()
    })
}

/// The type with those of its attributes, and of its members', that are wanted.
fn retain(mut item: syn::DeriveInput, wanted: impl Fn(&syn::Attribute) -> bool) -> syn::DeriveInput {
    let strip = |attrs: &mut Vec<syn::Attribute>| attrs.retain(&wanted);
    strip(&mut item.attrs);
    let fields = |fields: &mut syn::Fields| fields.iter_mut().for_each(|field| strip(&mut field.attrs));
    match &mut item.data {
        syn::Data::Struct(data) => fields(&mut data.fields),
        syn::Data::Enum(data) => {
            for variant in &mut data.variants {
                strip(&mut variant.attrs);
                fields(&mut variant.fields);
            }
        }
        syn::Data::Union(data) => data.fields.named.iter_mut().for_each(|field| strip(&mut field.attrs)),
    }
    item
}

/// Is it said to the derives of serde or schemars?
fn is_told(attr: &syn::Attribute) -> bool {
    attr.path().is_ident("serde") || attr.path().is_ident("schemars")
}

/// The type without these derives, which the attribute brings itself.
pub(crate) fn without_derives(mut item: syn::DeriveInput, names: &[&str]) -> syn::DeriveInput {
    for attr in &mut item.attrs {
        let paths = derives(attr);
        let others: Vec<&Path> = paths
            .iter()
            .filter(|path| !names.iter().any(|name| is_called(path, name)))
            .collect();
        if others.len() < paths.len() {
            *attr = parse_quote!(#[derive(#(#others),*)]);
        }
    }
    item
}

/// The name, in a `cfg_attr`, of an attribute that would have to be seen here.
fn conditional(attr: &syn::Attribute, attribute: &str) -> Option<String> {
    let known = ["serde", "schemars", "input", "output", attribute];
    let Meta::List(list) = &attr.meta else {
        return None;
    };
    let mentions = Mentions::of(list.tokens.clone());
    let found = known.into_iter().find(|name| mentions.has(name));
    found.filter(|_| attr.path().is_ident("cfg_attr")).map(str::to_owned)
}

/// Does this attribute look at those of `told`, which is `serde` or `schemars`?
fn reads(attr: &syn::Attribute, told: &str) -> bool {
    let readers: &[&str] = match told {
        "serde" => &["Serialize", "Deserialize", "JsonSchema"],
        _ => &["JsonSchema"],
    };
    let last = attr.path().segments.last().map(|segment| segment.ident.to_string());
    match last.as_deref() {
        Some("derive") => readers.iter().any(|name| !derived_by(attr, name).is_empty()),
        Some("input") => true,
        Some("output") => told == "serde",
        _ => false,
    }
}

/// Where `#[derive(…)]` names this.
pub(crate) fn derived_by(attr: &syn::Attribute, name: &str) -> Vec<Path> {
    derives(attr).into_iter().filter(|path| is_called(path, name)).collect()
}

/// The paths in a `#[derive(…)]`.
fn derives(attr: &syn::Attribute) -> Vec<Path> {
    let paths = attr.parse_args_with(syn::punctuated::Punctuated::<Path, syn::Token![,]>::parse_terminated);
    let paths = paths.ok().filter(|_| attr.path().is_ident("derive"));
    paths.into_iter().flatten().collect()
}

fn is_called(path: &Path, name: &str) -> bool {
    path.segments.last().is_some_and(|segment| segment.ident == name)
}
