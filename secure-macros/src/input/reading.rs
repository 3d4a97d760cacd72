//! What reads a type and shows its schema: the derives of serde and schemars, on a copy of the type.
//!
//! On the type itself they would ask for themselves, in several places, whether each member can be read and shown: a member
//! without rules would be six errors. What they make for the copy makes the type (`serde(remote)`), and is there where all
//! members have rules. Where one has none, that is an error where its rules are asked for, and nowhere else.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};
use syn::punctuated::Punctuated;
use syn::{
    Attribute, DeriveInput, Fields, Generics, LitStr, Meta, Token, Type, Visibility, WherePredicate, parse_quote,
};

use super::expand::{Writer, default_of, has_default_of_ours, is_patch};
use super::rules::{ItemRules, MemberRules};
use crate::data::{Item, Member, Shape, is_plain, without_ours, without_self, without_serde};
use crate::names::plain;
use crate::options::name_of;

/// How a type is read.
pub(super) struct Reading {
    /// The type as it stands there in the end.
    pub(super) declared: DeriveInput,
    /// The body of `Input::inspect`.
    pub(super) inspect: TokenStream,
    /// What stands beside it.
    pub(super) apart: TokenStream,
}

impl Writer<'_> {
    /// `generics` are the type's own, with the bounds of an input.
    pub(super) fn reading(
        &self,
        mut declared: DeriveInput,
        item: &Item,
        rules: &ItemRules,
        generics: &Generics,
    ) -> Reading {
        let inspect = self.inspect(item, rules);
        match &item.shape {
            // A plain value has rules, so that nothing has to take their place.
            Shape::Newtype(member) if is_plain(&member.ty) => {
                declared = without_ours(declared, "input");
                let (told, mut attrs): (Vec<_>, Vec<_>) = declared.attrs.into_iter().partition(is_for_serde);
                attrs.extend(self.derives(item, rules));
                attrs.extend(told);
                declared.attrs = attrs;
                Reading {
                    declared,
                    inspect,
                    apart: TokenStream::new(),
                }
            }
            _ => {
                let copy = self.copy(declared.clone(), item, rules);
                let through = self.through(&copy, item, rules, generics, &inspect);
                Reading {
                    declared: without_serde(declared, "input"),
                    inspect: quote!(Self::__inspect(__node, __report);),
                    apart: quote!(#copy #through),
                }
            }
        }
    }

    /// What the derives read, and are told.
    fn derives(&self, item: &Item, rules: &ItemRules) -> Vec<Attribute> {
        let krate = self.krate;
        let text = |path: TokenStream| {
            let path: String = path.to_string().split_whitespace().collect();
            LitStr::new(&path, Span::call_site())
        };
        let (serde, schemars) = (text(quote!(#krate::data::serde)), text(quote!(#krate::data::schemars)));
        let (form, shown) = match (&item.shape, rules) {
            (Shape::Newtype(member), ItemRules::Newtype(rules)) => {
                let shown = self.schema_of(&rules.value, &member.ty);
                let owner = rules
                    .owner
                    .as_ref()
                    .map(|_| quote!(transform = #krate::rules::access::owner_schema(),));
                let form = (!item.naming.transparent).then(|| quote!(transparent));
                let inline = is_plain(&member.ty).then(|| quote!(inline,));
                // Where nothing is told, schemars takes the type for the other one, and asks it in six places.
                let untold = shown.is_empty() && owner.is_none() && !is_plain(&member.ty);
                let told = untold.then(|| quote!(transform = |_: &mut #krate::data::Schema| {},));
                (form, quote!(#inline #(transform = #shown,)* #owner #told))
            }
            _ => {
                let form = (!item.naming.deny_unknown_fields).then(|| quote!(deny_unknown_fields));
                let tag = item.naming.tag.as_ref().map(|tag| quote!(tag = #tag,));
                let content = item.naming.content.as_ref().map(|content| quote!(content = #content,));
                (form, quote!(#tag #content))
            }
        };
        vec![
            parse_quote!(#[derive(#krate::data::Deserialize, #krate::data::JsonSchema)]),
            parse_quote!(#[serde(crate = #serde, #form)]),
            parse_quote!(#[schemars(crate = #schemars, #shown)]),
        ]
    }

    /// The copy, which has nothing but what the derives look at. That the members have rules is a condition of its own:
    /// higher-ranked, or it would be an error here where one has none.
    fn copy(&self, mut copy: DeriveInput, item: &Item, rules: &ItemRules) -> DeriveInput {
        let name = plain(&item.ident);
        let remote = LitStr::new(&item.ident.to_string(), Span::call_site());
        copy.ident = format_ident!("__Copy");
        copy.vis = Visibility::Inherited;
        let told = std::mem::take(&mut copy.attrs).into_iter().filter(is_looked_at);
        let told = told.filter_map(|attr| without_keys(attr, &["tag", "content", "bound"]));
        copy.attrs = self.derives(item, rules);
        copy.attrs
            .push(parse_quote!(#[serde(remote = #remote, rename = #name, bound(deserialize = ""))]));
        copy.attrs.push(parse_quote!(#[schemars(rename = #name, bound = "")]));
        copy.attrs.extend(told);
        for parameter in copy.generics.type_params_mut() {
            let krate = self.krate;
            parameter.bounds.push(parse_quote!(#krate::data::Parameter));
        }
        let conditions = self.conditions(item, rules);
        copy.generics.make_where_clause().predicates.extend(conditions);
        let groups: Vec<&mut Fields> = match &mut copy.data {
            syn::Data::Struct(data) => vec![&mut data.fields],
            syn::Data::Enum(data) => {
                let variants = data.variants.iter_mut().map(|variant| {
                    variant.attrs.retain(is_looked_at);
                    variant.discriminant = None;
                    &mut variant.fields
                });
                variants.collect()
            }
            syn::Data::Union(_) => Vec::new(),
        };
        let groups = groups.into_iter().zip(item.members()).zip(rules.groups());
        for (group, ((fields, members), rules)) in groups.enumerate() {
            for (i, ((field, member), rules)) in fields.iter_mut().zip(members).zip(rules).enumerate() {
                field.vis = Visibility::Inherited;
                field.ty = Type::Verbatim(without_self(&member.ty, item));
                field.attrs.retain(is_looked_at);
                field
                    .attrs
                    .extend(self.member_attributes(item, (group, i), member, rules));
            }
        }
        copy
    }

    /// That the members have rules, and a schema, as plain values do. A condition cannot stand under a `cfg`.
    pub(super) fn conditions(&self, item: &Item, rules: &ItemRules) -> Vec<WherePredicate> {
        let krate = self.krate;
        let members = item.members().into_iter().zip(rules.groups());
        let members = members.flat_map(|(members, rules)| members.iter().zip(rules));
        let checked = members.filter(|(member, rules)| {
            let may_lack_rules = member.cfg.is_empty() && !is_plain(&member.ty);
            rules.server.is_none() && rules.unchecked.is_none() && may_lack_rules
        });
        let types = checked.map(|(member, _)| without_self(&member.ty, item));
        let conditions = types.map(|ty| parse_quote!(for<'__a> #ty: #krate::data::Input + #krate::data::JsonSchema));
        conditions.collect()
    }

    fn member_attributes(
        &self,
        item: &Item,
        (group, index): (usize, usize),
        member: &Member,
        rules: &MemberRules,
    ) -> Vec<Attribute> {
        let krate = self.krate;
        if matches!(item.shape, Shape::Newtype(_)) {
            return Vec::new();
        }
        if rules.server.is_some() {
            let default = has_default_of_ours(item, member).then(|| {
                let path = format!("{}::{}", item.ident, default_of(group, index));
                let path = LitStr::new(&path, Span::call_site());
                quote!(, default = #path)
            });
            return vec![
                parse_quote!(#[serde(skip_deserializing #default)]),
                parse_quote!(#[schemars(skip)]),
            ];
        }
        let mut shown = self.schema_of(&rules.value, &member.ty);
        if rules.is_restricted() {
            let setters = self.setters(rules);
            shown.push(quote!(#krate::rules::access::schema(#setters)));
        }
        if rules.owner.is_some() {
            shown.push(quote!(#krate::rules::access::owner_schema()));
        }
        let mut attrs: Vec<Attribute> = Vec::new();
        attrs.extend(shown.iter().map(|shown| parse_quote!(#[schemars(transform = #shown)])));
        if is_patch(&member.ty) && !member.naming.default {
            attrs.push(parse_quote!(#[serde(default)]));
        }
        attrs
    }
}

fn is_for_serde(attr: &Attribute) -> bool {
    attr.path().is_ident("serde")
}

/// Do the derives look at it, or decides it whether there is anything to look at?
fn is_looked_at(attr: &Attribute) -> bool {
    ["serde", "schemars", "doc", "deprecated", "cfg"]
        .iter()
        .any(|name| attr.path().is_ident(name))
}

/// What serde is told, without the tag: serde reads tagged enums through a buffer in which a list passes for an object. And
/// without the bounds that it would have, since they are ours.
fn without_keys(attr: Attribute, keys: &[&str]) -> Option<Attribute> {
    if !is_for_serde(&attr) {
        return Some(attr);
    }
    let Ok(metas) = attr.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated) else {
        return Some(attr);
    };
    let kept: Vec<Meta> = metas
        .into_iter()
        .filter(|meta| !keys.contains(&name_of(meta).as_str()))
        .collect();
    (!kept.is_empty()).then(|| parse_quote!(#[serde(#(#kept),*)]))
}
