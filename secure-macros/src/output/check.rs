//! What is permitted: small rules, each with its reason.

use syn::LitStr;

use super::exposure::Exposure;
use crate::data::{Group, Item, Member, Shape, VariantFields, without_raw};
use crate::diagnostic::{Code, Diagnostics, list, nearest};
use crate::names::plain;

pub(crate) fn check(item: &Item, exposures: &[Vec<Exposure>], owner: Option<&LitStr>, diagnostics: &mut Diagnostics) {
    every_field_has_a_rule(item, exposures, diagnostics);
    or_scope_stands_in_for_an_owner(exposures, diagnostics);
    nothing_without_a_name_is_left_out(item, exposures, diagnostics);
    somebody_owns_what_only_the_owner_sees(item, exposures, owner, diagnostics);
    tagged_variants_have_named_fields(item, diagnostics);
}

/// Every member with its exposure.
fn members<'a>(item: &'a Item, exposures: &'a [Vec<Exposure>]) -> Vec<(&'a Member, &'a Exposure)> {
    item.members()
        .into_iter()
        .zip(exposures)
        .flat_map(|(members, exposures)| members.iter().zip(exposures))
        .collect()
}

/// A field that nobody thought about is the one that leaks.
fn every_field_has_a_rule(item: &Item, exposures: &[Vec<Exposure>], diagnostics: &mut Diagnostics) {
    for (member, exposure) in members(item, exposures) {
        if matches!(exposure, Exposure::Unsaid) && !member.incomplete {
            let fault = match &member.ident {
                Some(ident) => format!("nothing says who may see `{ident}`"),
                None => "nothing says who may see this value".to_owned(),
            };
            let help = "write `#[expose]` above it for every caller, `#[expose(scope = \"…\")]`, `#[expose(role = \"…\")]` or \
                        `#[expose(owner)]` for some, `#[expose(never)]` for nobody";
            match &member.ident {
                Some(ident) => diagnostics.push(ident, Code::Exposure, &fault, "", help),
                None => diagnostics.push(&member.ty, Code::Exposure, &fault, "", help),
            }
        }
    }
}

fn or_scope_stands_in_for_an_owner(exposures: &[Vec<Exposure>], diagnostics: &mut Diagnostics) {
    for exposure in exposures.iter().flatten() {
        if let Exposure::Some(audience) = exposure
            && let (Some((_, meta)), None) = (&audience.or_scope, &audience.owner)
        {
            let fault = "`or_scope` without `owner`, for which it stands in";
            let help = "write `scope = \"…\"`, or add `owner`";
            diagnostics.push(meta, Code::Exposure, fault, "", help);
        }
    }
}

/// The value of a newtype is the whole: without it there would be nothing where something must stand.
fn nothing_without_a_name_is_left_out(item: &Item, exposures: &[Vec<Exposure>], diagnostics: &mut Diagnostics) {
    for (member, exposure) in members(item, exposures) {
        if member.ident.is_none() && matches!(exposure, Exposure::Nobody | Exposure::Some(_)) {
            let fault = "a value without a name cannot be left out";
            let help = "write `#[expose]` here, and say who may see it where a field has this type";
            diagnostics.push(&member.ty, Code::Exposure, fault, "", help);
        }
    }
}

fn somebody_owns_what_only_the_owner_sees(
    item: &Item,
    exposures: &[Vec<Exposure>],
    owner: Option<&LitStr>,
    diagnostics: &mut Diagnostics,
) {
    let groups: Vec<&Group> = item.groups();
    if let Some(literal) = owner {
        let name = without_raw(literal);
        let members = || groups.iter().flat_map(|group| &group.0);
        if !members().any(|member| member.is_called(&name)) {
            let fields: Vec<String> = members()
                .filter_map(|member| Some(plain(member.ident.as_ref()?)))
                .collect();
            let known: Vec<&str> = fields.iter().map(String::as_str).collect();
            let help = match (nearest(&name, &known), known.as_slice()) {
                (Some(near), _) => format!("did you mean `{near}`?"),
                (None, []) => "write it where a type has fields with names".to_owned(),
                (None, known) => format!("name one of {}", list(known)),
            };
            let fault = format!("`{}` has no field `{name}` that could say whose it is", item.ident);
            diagnostics.push(literal, Code::Exposure, &fault, "", &help);
            return;
        }
    }
    let has_owner = |member: &Member| {
        let within = |group: &&&Group| group.0.iter().any(|other| std::ptr::eq(other, member));
        let group = groups.iter().find(within);
        let named = |name: &str| group.is_some_and(|group| group.0.iter().any(|member| member.is_called(name)));
        owner.is_some_and(|owner| named(&without_raw(owner)))
    };
    for (member, exposure) in members(item, exposures) {
        if let Exposure::Some(audience) = exposure
            && let Some(meta) = &audience.owner
            && member.ident.is_some()
            && !has_owner(member)
        {
            let fault = "`owner`, and nothing says whose the value is";
            let help = "write `#[output(owner = \"user_id\")]` above the type, with the field that holds the owner's identifier";
            diagnostics.push(meta, Code::Exposure, fault, "", help);
        }
    }
}

/// The tag stands among the members, so the variant must have members.
fn tagged_variants_have_named_fields(item: &Item, diagnostics: &mut Diagnostics) {
    let Shape::Enum(variants) = &item.shape else {
        return;
    };
    if item.naming.tag.is_none() || item.naming.content.is_some() {
        return;
    }
    for variant in variants {
        if let VariantFields::Newtype(member) = &variant.fields {
            let fault = "the tag cannot be written among the members of another type";
            let help = format!("write `{} {{ member: Type }}`", variant.ident);
            diagnostics.push(&member.ty, Code::Data, fault, "", &help);
        }
    }
}
