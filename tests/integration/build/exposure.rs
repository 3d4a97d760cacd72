//! Who may see a member: as the attribute has it, and as data.

use crate::random::Random;

/// What the callers of the tests may have, among others.
const SCOPES: [&str; 5] = ["admin:users", "support", "read:roles", "read:notes", "admin:usersx"];
const ROLES: [&str; 3] = ["auditor", "auditors", "admin:users"];

#[derive(Clone)]
pub(crate) enum Exposure {
    Everyone,
    Never,
    Some(Audience),
}

#[derive(Clone)]
pub(crate) struct Audience {
    scope: Option<Rule>,
    role: Option<Rule>,
    owner: bool,
    or_scope: Option<Rule>,
}

#[derive(Clone)]
enum Rule {
    Term(&'static str),
    All(Vec<Rule>),
    Any(Vec<Rule>),
}

impl Exposure {
    /// `owned` says that something tells whose the value is.
    pub(crate) fn random(owned: bool, random: &mut Random) -> Self {
        match random.below(if owned { 12 } else { 8 }) {
            0 | 1 => Self::Everyone,
            2 => Self::Never,
            3 | 4 => Self::to(random, true, false, false, false),
            5 | 6 => Self::to(random, false, true, false, false),
            7 => Self::to(random, true, true, false, false),
            8 => Self::to(random, false, false, true, false),
            9 => Self::to(random, false, false, true, true),
            _ => {
                let (scope, role, or_scope) = (random.chance(50), random.chance(50), random.chance(50));
                Self::to(random, scope, role, true, or_scope)
            }
        }
    }

    fn to(random: &mut Random, scope: bool, role: bool, owner: bool, or_scope: bool) -> Self {
        let mut rule = |wanted: bool, terms: &[&'static str]| wanted.then(|| Rule::random(terms, random));
        Self::Some(Audience {
            scope: rule(scope, &SCOPES),
            role: rule(role, &ROLES),
            or_scope: rule(or_scope, &SCOPES),
            owner,
        })
    }

    pub(crate) fn attribute(&self) -> String {
        match self {
            Self::Everyone => "#[expose]".to_owned(),
            Self::Never => "#[expose(never)]".to_owned(),
            Self::Some(audience) => {
                let owner = audience.owner.then(|| "owner".to_owned());
                let rules = [
                    ("scope", &audience.scope),
                    ("role", &audience.role),
                    ("or_scope", &audience.or_scope),
                ];
                let rules = rules.into_iter().filter_map(|(key, rule)| Some((key, rule.as_ref()?)));
                let keys = owner
                    .into_iter()
                    .chain(rules.map(|(key, rule)| format!("{key} = {:?}", rule.text())));
                format!("#[expose({})]", keys.collect::<Vec<_>>().join(", "))
            }
        }
    }

    pub(crate) fn data(&self) -> String {
        match self {
            Self::Everyone => "Exposure::Everyone".to_owned(),
            Self::Never => "Exposure::Never".to_owned(),
            Self::Some(Audience {
                scope,
                role,
                owner,
                or_scope,
            }) => {
                let rule = |rule: &Option<Rule>| match rule {
                    Some(rule) => format!("Some({})", rule.data()),
                    None => "None".to_owned(),
                };
                let (scope, role, or_scope) = (rule(scope), rule(role), rule(or_scope));
                format!(
                    "Exposure::Some(Audience {{ scope: {scope}, role: {role}, owner: {owner}, or_scope: {or_scope} }})"
                )
            }
        }
    }
}

impl Rule {
    /// Each term once, so that none is redundant.
    fn random(terms: &[&'static str], random: &mut Random) -> Self {
        let count = 1 + random.below(3);
        let mut parts: Vec<Self> = random
            .some(terms, count)
            .into_iter()
            .map(|term| Self::Term(term))
            .collect();
        let mut is_all = random.chance(50);
        while let [_, _, ..] = parts.as_slice() {
            let rest = parts.split_off(2);
            let pair = if is_all { Self::All(parts) } else { Self::Any(parts) };
            parts = std::iter::once(pair).chain(rest).collect();
            is_all = !is_all;
        }
        parts.pop().unwrap_or(Self::Term(terms[0]))
    }

    fn text(&self) -> String {
        let joined = |parts: &[Self], by: &str| {
            let parts = parts.iter().map(|part| match part {
                Self::Term(term) => (*term).to_owned(),
                nested => format!("({})", nested.text()),
            });
            parts.collect::<Vec<_>>().join(by)
        };
        match self {
            Self::Term(term) => (*term).to_owned(),
            Self::All(parts) => joined(parts, " & "),
            Self::Any(parts) => joined(parts, " | "),
        }
    }

    fn data(&self) -> String {
        let list = |parts: &[Self]| parts.iter().map(Self::data).collect::<Vec<_>>().join(", ");
        match self {
            Self::Term(term) => format!("Rule::Term({term:?})"),
            Self::All(parts) => format!("Rule::All(&[{}])", list(parts)),
            Self::Any(parts) => format!("Rule::Any(&[{}])", list(parts)),
        }
    }
}
