//! What is permitted: small rules, each with its reason.

use syn::{GenericParam, Meta};

use super::bounds::unbounded;
use super::pattern;
use super::rules::{ItemRules, MemberRules, ValueRules};
use crate::data::{Item, Member, Shape, VariantFields, derived_by};
use crate::diagnostic::{Code, Diagnostics};

pub(crate) fn check(item: &Item, rules: &ItemRules, diagnostics: &mut Diagnostics) {
    derives_are_ours(item, diagnostics);
    nothing_is_borrowed(item, diagnostics);
    variants_refuse_unknown_members(item, diagnostics);
    for (member, rules) in members(item, rules) {
        values_are_bounded(member, rules, diagnostics);
        forms_do_not_contradict(&rules.value, diagnostics);
        patterns_have_one_reading(&rules.value, diagnostics);
        setters_do_not_contradict(member, rules, diagnostics);
    }
}

/// Every member with its rules.
fn members<'a>(item: &'a Item, rules: &'a ItemRules) -> Vec<(&'a Member, &'a MemberRules)> {
    let groups = item.members().into_iter().zip(rules.groups());
    groups.flat_map(|(members, rules)| members.iter().zip(rules)).collect()
}

/// A second way to read the type would be one without the rules.
fn derives_are_ours(item: &Item, diagnostics: &mut Diagnostics) {
    for derived in ["Deserialize", "JsonSchema"] {
        for path in item.attrs.iter().flat_map(|attr| derived_by(attr, derived)) {
            let fault = format!("`#[input]` derives `{derived}` already");
            diagnostics.push(path, Code::Data, &fault, "", "remove it from the list");
        }
    }
}

/// The request is gone when the handler runs.
fn nothing_is_borrowed(item: &Item, diagnostics: &mut Diagnostics) {
    for parameter in &item.generics.params {
        if let GenericParam::Lifetime(lifetime) = parameter {
            let fault = "an input cannot borrow from the request";
            diagnostics.push(lifetime, Code::Data, fault, "", "own the values, as in `String`");
        }
    }
}

/// serde lets unknown members of a variant without any pass, where the tag stands among them.
fn variants_refuse_unknown_members(item: &Item, diagnostics: &mut Diagnostics) {
    let Shape::Enum(variants) = &item.shape else {
        return;
    };
    if item.naming.tag.is_none() || item.naming.content.is_some() {
        return;
    }
    for variant in variants {
        if matches!(variant.fields, VariantFields::Unit) && !variant.incomplete {
            diagnostics.push(
                &variant.ident,
                Code::Data,
                "a variant without members would let unknown ones pass",
                "the tag stands among the members, and serde does not look at the others",
                &format!("write `{} {{}}`", variant.ident),
            );
        }
    }
}

/// Who sends a text or a list decides its length, unless a rule does.
fn values_are_bounded(member: &Member, rules: &MemberRules, diagnostics: &mut Diagnostics) {
    // What must equal the caller's identifier is as long as that.
    if rules.incomplete || rules.server.is_some() || rules.owner.is_some() {
        return;
    }
    if let Some(found) = unbounded(&member.ty, &rules.value) {
        let what = found.what;
        let fault = if found.within {
            format!("nothing bounds each {what} in this list or map")
        } else {
            format!("nothing bounds this {what}")
        };
        let bound = if what == "text" {
            "length(max = 80)"
        } else {
            "length(max = 100)"
        };
        let help = match (&rules.value.length, &rules.value.pattern) {
            _ if found.within => format!("add `inner({bound})`, with the most that makes sense"),
            (Some(_), _) => "add `max` to the `length`, with the most that makes sense".to_owned(),
            (None, Some(_)) => {
                format!("add `{bound}`, or write `{{1,80}}` in the pattern for `+`, and `{{0,80}}` for `*`")
            }
            (None, None) => format!("add `#[input({bound})]`, with the most that makes sense"),
        };
        let note = "whoever sends it would decide how much memory and time it takes";
        diagnostics.push(&member.ty, Code::Rule, &fault, note, &help);
    }
}

fn forms_do_not_contradict(rules: &ValueRules, diagnostics: &mut Diagnostics) {
    if let (Some(_), Some(url)) = (&rules.email, &rules.url) {
        let fault = "no text is an email address and a URL";
        diagnostics.push(url, Code::Rule, fault, "", "keep one of them");
    }
    if let (Some(_), Some(range)) = (
        &rules.length,
        rules
            .range
            .as_ref()
            .and_then(|range| range.min.as_ref().or(range.max.as_ref())),
    ) {
        let fault = "nothing has both a length and a range";
        diagnostics.push(
            range,
            Code::Rule,
            fault,
            "",
            "write `length` for text and lists, `range` for numbers",
        );
    }
    if let Some(inner) = &rules.inner {
        forms_do_not_contradict(inner, diagnostics);
    }
}

fn patterns_have_one_reading(rules: &ValueRules, diagnostics: &mut Diagnostics) {
    if let Some(text) = &rules.pattern
        && let Err(refused) = pattern::read(&text.value())
    {
        diagnostics.push(text, Code::Rule, &refused.fault, "", &refused.help);
    }
    if let Some(inner) = &rules.inner {
        patterns_have_one_reading(inner, diagnostics);
    }
}

/// What the server sets, nobody sends; what has no name of its own cannot be left out.
fn setters_do_not_contradict(member: &Member, rules: &MemberRules, diagnostics: &mut Diagnostics) {
    let scope = rules.scope.as_ref().map(|(_, meta)| meta);
    let role = rules.role.as_ref().map(|(_, meta)| meta);
    let restricting: Vec<&Meta> = [scope, role, rules.owner.as_ref()].into_iter().flatten().collect();
    if let (Some(server), Some(other)) = (&rules.server, restricting.first()) {
        let fault = "the server sets this member, so no caller may";
        let mut place = quote::ToTokens::to_token_stream(server);
        place.extend(quote::ToTokens::to_token_stream(other));
        diagnostics.push(
            place,
            Code::Setter,
            fault,
            "",
            "keep `server`, or the rule that says which callers",
        );
    }
    if let (Some(server), true) = (&rules.server, rules.value.says_something() || rules.unchecked.is_some()) {
        let fault = "the server sets this member, so there is nothing to check";
        diagnostics.push(
            server,
            Code::Setter,
            fault,
            "",
            "keep `server`, and remove the other rules",
        );
    }
    if let (Some(owner), Some(other)) = (&rules.owner, scope.or(role)) {
        let fault = "who may set this member, and what it must then be, are two rules for one member";
        let mut place = quote::ToTokens::to_token_stream(owner);
        place.extend(quote::ToTokens::to_token_stream(other));
        diagnostics.push(
            place,
            Code::Setter,
            fault,
            "",
            "keep `owner`, or the rule that says which callers",
        );
    }
    if member.ident.is_none() {
        for meta in rules.server.iter().chain(scope).chain(role) {
            let fault = "this value has no name, so it cannot be left out";
            let help = "write the rule where a member has this type";
            diagnostics.push(meta, Code::Setter, fault, "", help);
        }
    }
}
