//! The members of a type or of a variant.

use crate::declare::Declared;
use crate::exposure::Exposure;
use crate::names::{STYLES, renamed};
use crate::random::Random;

const NAMES: [&str; 12] = [
    "id",
    "birth_day",
    "mail",
    "last_log_in",
    "x",
    "risk_of_fraud",
    "note2",
    "a_b_c",
    "street",
    "total_net",
    "kind_of",
    "z9_z",
];

/// Written in any of them, a name is one that JSON must escape, or need not.
const RENAMED: [&str; 6] = ["the name", "quo\"te", "naïve", "back\\slash", "tab\t", "😀"];

const LEAVES: [&str; 8] = ["u8", "i64", "u64", "bool", "char", "f64", "String", "&'static str"];

/// What holds the identifier of an owner.
const OWNERS: [&str; 3] = ["String", "Who", "Box<Who>"];

pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) ty: String,
    pub(crate) attributes: Vec<String>,
    pub(crate) exposure: Exposure,
    /// Its name outside.
    pub(crate) outside: String,
    /// Where it is left out whoever asks: `Never`, `None` or `Empty`.
    pub(crate) left_out: &'static str,
    pub(crate) is_owner: bool,
}

/// What a group of members is made under.
#[derive(Clone, Copy)]
pub(crate) struct Within<'a> {
    /// The types that there are already.
    pub(crate) known: &'a [Declared],
    pub(crate) is_generic: bool,
    /// What the style is that the members are renamed by.
    pub(crate) style: Option<&'static str>,
    /// The member that says whose the value is, where one does.
    pub(crate) owner: Option<&'static str>,
}

pub(crate) fn style(percent: usize, random: &mut Random) -> Option<&'static str> {
    random.chance(percent).then(|| *random.pick(&STYLES))
}

/// One to eight members, the owner's identifier at any place among them.
pub(crate) fn members(within: Within<'_>, random: &mut Random) -> Vec<Member> {
    let count = 1 + random.below(8);
    let mut members: Vec<Member> = Vec::new();
    let mut others: Vec<&str> = random.some(&RENAMED, RENAMED.len()).into_iter().copied().collect();
    for name in random.some(&NAMES, count) {
        let exposure = Exposure::random(within.owner.is_some(), random);
        let ty = of_any_type(within, random);
        members.push(member(name, ty, exposure, within, &mut others, random));
    }
    if within.is_generic && members.iter().all(|member| !mentions_parameter(&member.ty)) {
        members[0].ty = "Vec<T>".to_owned();
        members[0]
            .attributes
            .retain(|attribute| !attribute.contains("skip_serializing_if"));
        members[0].left_out = "Never";
    }
    if let Some(name) = within.owner {
        let mut owner = member(
            name,
            (*random.pick(&OWNERS)).to_owned(),
            Exposure::random(true, random),
            within,
            &mut others,
            random,
        );
        owner.is_owner = true;
        members.insert(random.below(members.len() + 1), owner);
    }
    members
}

fn member(
    name: &str,
    ty: String,
    exposure: Exposure,
    within: Within<'_>,
    others: &mut Vec<&str>,
    random: &mut Random,
) -> Member {
    let mut told = Vec::new();
    let mut outside = renamed(name, within.style, false);
    if let Some(other) = others.pop().filter(|_| random.chance(20)) {
        other.clone_into(&mut outside);
        told.push(format!("rename = {other:?}"));
    }
    let mut left_out = "Never";
    let skips = [
        ("Option<", "Option::is_none", "None"),
        ("Vec<", "Vec::is_empty", "Empty"),
    ];
    for (start, function, when) in skips {
        if ty.starts_with(start) && random.chance(50) {
            told.push(format!("skip_serializing_if = {function:?}"));
            left_out = when;
        }
    }
    if random.chance(10) {
        told.push("default".to_owned());
    }
    let serde = (!told.is_empty()).then(|| format!("#[serde({})]", told.join(", ")));
    let mut attributes: Vec<String> = std::iter::once(exposure.attribute()).chain(serde).collect();
    if random.chance(50) {
        attributes.reverse();
    }
    Member {
        name: name.to_owned(),
        ty,
        attributes,
        exposure,
        outside,
        left_out,
        is_owner: false,
    }
}

fn mentions_parameter(ty: &str) -> bool {
    ty == "T" || ty.contains("<T>")
}

/// A value, or something around one.
pub(crate) fn of_any_type(within: Within<'_>, random: &mut Random) -> String {
    let inner = match random.below(10) {
        0..3 if !within.known.is_empty() => random.pick(within.known).named(random),
        3 if within.is_generic => "T".to_owned(),
        _ => (*random.pick(&LEAVES)).to_owned(),
    };
    match random.below(14) {
        0..2 => format!("Option<{inner}>"),
        2..4 => format!("Vec<{inner}>"),
        4 => format!("BTreeMap<String, {inner}>"),
        5 => format!("Page<{inner}>"),
        6 => format!("Box<{inner}>"),
        7 => format!("Option<Vec<{inner}>>"),
        _ => inner,
    }
}
