//! What was written on the members: who may see them.

use secure_policy::Kind;
use syn::{Attribute, Meta};

use crate::data::{Item, Member, metas};
use crate::diagnostic::{Code, Diagnostics};
use crate::expression::Expression;
use crate::options::{flag, name_of, unknown};

const KEYS: [&str; 5] = ["scope", "role", "owner", "or_scope", "never"];

/// Who may see one member.
pub(crate) enum Exposure {
    /// Nothing was said.
    Unsaid,
    Everybody,
    Nobody,
    Some(Box<Audience>),
}

/// All of these together.
#[derive(Default)]
pub(crate) struct Audience {
    pub(crate) scope: Option<Expression>,
    pub(crate) role: Option<Expression>,
    pub(crate) owner: Option<Meta>,
    pub(crate) or_scope: Option<(Expression, Meta)>,
}

/// The exposures of an item, in the order of its members; one list for a struct, one for each variant of an enum.
pub(crate) fn of(item: &Item, diagnostics: &mut Diagnostics) -> Vec<Vec<Exposure>> {
    let mut all =
        |members: &[Member]| -> Vec<Exposure> { members.iter().map(|member| read(member, diagnostics)).collect() };
    item.members().into_iter().map(&mut all).collect()
}

fn read(member: &Member, diagnostics: &mut Diagnostics) -> Exposure {
    match member.ours.as_slice() {
        [] => Exposure::Unsaid,
        [one] => read_one(one, diagnostics),
        [_, another, ..] => {
            let fault = "`#[expose]` stands twice on this field";
            diagnostics.push(another, Code::Exposure, fault, "", "write one attribute with all of it");
            Exposure::Nobody
        }
    }
}

fn read_one(attr: &Attribute, diagnostics: &mut Diagnostics) -> Exposure {
    let list = match &attr.meta {
        Meta::Path(_) => return Exposure::Everybody,
        Meta::List(list) => list,
        Meta::NameValue(pair) => {
            let help = "write `#[expose]`, or to whom, as in `#[expose(scope = \"admin:users\")]`";
            diagnostics.push(&pair.value, Code::Key, "`expose` takes no value", "", help);
            return Exposure::Nobody;
        }
    };
    if list.tokens.is_empty() {
        let help = "write `#[expose]` for every caller, or name whom";
        diagnostics.push(
            attr,
            Code::Exposure,
            "`#[expose()]` shows the field to nobody in particular",
            "",
            help,
        );
        return Exposure::Nobody;
    }
    let mut audience = Audience::default();
    let mut never = None;
    for meta in metas(list.tokens.clone(), diagnostics) {
        match name_of(&meta).as_str() {
            "never" => never = flag(&meta, diagnostics).then_some(meta),
            "owner" => audience.owner = flag(&meta, diagnostics).then_some(meta),
            "scope" => audience.scope = Expression::read(&meta, Kind::Scope, diagnostics),
            "role" => audience.role = Expression::read(&meta, Kind::Role, diagnostics),
            "or_scope" => {
                let scope = Expression::read(&meta, Kind::Scope, diagnostics);
                audience.or_scope = scope.map(|scope| (scope, meta));
            }
            other => unknown(&meta, other, "key", &KEYS, diagnostics),
        }
    }
    let Some(never) = never else {
        return Exposure::Some(Box::new(audience));
    };
    if audience.owner.is_some() || audience.scope.is_some() || audience.role.is_some() || audience.or_scope.is_some() {
        let fault = "`never`, and somebody all the same";
        diagnostics.push(
            never,
            Code::Exposure,
            fault,
            "",
            "keep `never`, or name who may see the field",
        );
    }
    Exposure::Nobody
}
