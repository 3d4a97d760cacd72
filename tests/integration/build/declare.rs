//! A type: a struct, a newtype, or an enum in one of the four forms.

use crate::members::{Member, Within, members, of_any_type, style};
use crate::names::renamed;
use crate::random::Random;

const VARIANTS: [&str; 6] = ["Active", "LockedBy", "OnAHold", "Left2Us", "X", "NeverSeen"];

pub(crate) struct Declared {
    pub(crate) name: String,
    pub(crate) is_generic: bool,
    /// How far generated types stand in it: those of the last level stand in no other.
    pub(crate) level: usize,
    pub(crate) attributes: Vec<String>,
    pub(crate) form: Form,
}

pub(crate) enum Form {
    Struct(Vec<Member>),
    Newtype(String),
    Enum {
        tag: Option<&'static str>,
        content: Option<&'static str>,
        variants: Vec<Variant>,
    },
}

pub(crate) struct Variant {
    pub(crate) name: &'static str,
    pub(crate) attributes: Vec<String>,
    pub(crate) outside: String,
    pub(crate) fields: Fields,
}

pub(crate) enum Fields {
    Unit,
    Newtype(String),
    Named(Vec<Member>),
}

impl Declared {
    /// As the type of a member.
    pub(crate) fn named(&self, random: &mut Random) -> String {
        match (self.is_generic, self.name.as_str()) {
            (true, name) => format!("{name}<{}>", random.pick(&["u8", "String", "Option<bool>", "Vec<i64>"])),
            (false, name) => name.to_owned(),
        }
    }
}

/// The type of this index; some of those before it may stand in it.
pub(crate) fn declare(index: usize, before: &[Declared], random: &mut Random) -> Declared {
    let level = index % 3;
    // Types that are in one another to any depth would grow beyond all bounds.
    let known: Vec<&Declared> = before.iter().filter(|other| other.level < level).collect();
    let known: Vec<Declared> = known.into_iter().map(Declared::mention).collect();
    let within = Within {
        known: &known,
        is_generic: random.chance(20),
        style: None,
        owner: random
            .chance(60)
            .then(|| *random.pick(&["who", "user_id", "belongs_to"])),
    };
    let mut declared = match random.below(10) {
        0 => newtype(within, random),
        1..6 => structure(within, random),
        _ => choice(within, random),
    };
    declared.name = format!("Type{index}");
    declared.level = level;
    declared
}

impl Declared {
    /// What others need of it.
    fn mention(&self) -> Self {
        Self::new(self.is_generic, Vec::new(), Form::Newtype(String::new())).called(&self.name)
    }

    fn new(is_generic: bool, attributes: Vec<String>, form: Form) -> Self {
        Self {
            name: String::new(),
            is_generic,
            level: 0,
            attributes,
            form,
        }
    }

    fn called(mut self, name: &str) -> Self {
        name.clone_into(&mut self.name);
        self
    }
}

fn newtype(within: Within<'_>, random: &mut Random) -> Declared {
    let ty = if within.is_generic {
        "T".to_owned()
    } else {
        of_any_type(within, random)
    };
    Declared::new(within.is_generic, vec!["#[output]".to_owned()], Form::Newtype(ty))
}

fn structure(within: Within<'_>, random: &mut Random) -> Declared {
    let style = style(60, random);
    let attributes = vec![output(within.owner), told(&[("rename_all", style)])];
    let members = members(Within { style, ..within }, random);
    Declared::new(within.is_generic, attributes, Form::Struct(members))
}

fn choice(within: Within<'_>, random: &mut Random) -> Declared {
    let (tag, content) = *random.pick(&[(None, None), (Some("tag of it"), None), (Some("t"), Some("c"))]);
    let (styled, of_members) = (style(50, random), style(40, random));
    let count = 2 + random.below(3);
    let mut names: Vec<&'static str> = random.some(&VARIANTS, count).into_iter().copied().collect();
    // So that the owner's member, and the parameter, are somewhere.
    let first = names.remove(0);
    let mut variants = vec![variant(
        first,
        9,
        (tag, content),
        styled,
        Within {
            style: of_members,
            ..within
        },
        random,
    )];
    for name in names {
        let kind = random.below(10);
        let within = Within {
            style: of_members,
            is_generic: false,
            ..within
        };
        variants.push(variant(name, kind, (tag, content), styled, within, random));
    }
    let told = told(&[
        ("rename_all", styled),
        ("rename_all_fields", of_members),
        ("tag", tag),
        ("content", content),
    ]);
    let form = Form::Enum { tag, content, variants };
    Declared::new(within.is_generic, vec![output(within.owner), told], form)
}

fn variant(
    name: &'static str,
    kind: usize,
    (tag, content): (Option<&str>, Option<&str>),
    styled: Option<&str>,
    within: Within<'_>,
    random: &mut Random,
) -> Variant {
    let mut keys = Vec::new();
    let own = random.chance(20).then(|| format!("variant {name}"));
    keys.push(("rename", own.as_deref()));
    let fields = match kind {
        0..2 => Fields::Unit,
        2..5 if tag.is_none() || content.is_some() => Fields::Newtype(of_any_type(within, random)),
        _ => {
            let style = style(20, random);
            keys.push(("rename_all", style));
            Fields::Named(members(
                Within {
                    style: style.or(within.style),
                    ..within
                },
                random,
            ))
        }
    };
    Variant {
        name,
        attributes: vec![told(&keys)],
        outside: own.clone().unwrap_or_else(|| renamed(name, styled, true)),
        fields,
    }
}

fn output(owner: Option<&str>) -> String {
    match owner {
        Some(owner) => format!("#[output(owner = {owner:?})]"),
        None => "#[output]".to_owned(),
    }
}

/// What serde is told, of what there is.
fn told(keys: &[(&str, Option<&str>)]) -> String {
    let there = keys
        .iter()
        .filter_map(|(key, value)| Some(format!("{key} = {:?}", value.as_ref()?)));
    match there.collect::<Vec<_>>() {
        none if none.is_empty() => String::new(),
        keys => format!("#[serde({})]", keys.join(", ")),
    }
}
