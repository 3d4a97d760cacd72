//! What was written on the members: rules for their values, and who may set them.

use secure_policy::Kind;
use syn::{Expr, Lit, LitInt, LitStr, Meta, Path};

use crate::data::{Group, Item, Member, Shape, VariantFields, metas, path_of};
use crate::diagnostic::{Code, Diagnostics, list, nearest};
use crate::expression::Expression;
use crate::options::{flag, literal, name_of, text, unknown};

const KEYS: [&str; 12] = [
    "length",
    "range",
    "pattern",
    "email",
    "url",
    "inner",
    "custom",
    "unchecked",
    "server",
    "scope",
    "role",
    "owner",
];

/// The keys that say what a value looks like, and so may stand in `inner(…)`.
const RULES: [&str; 7] = ["length", "range", "pattern", "email", "url", "inner", "custom"];

/// What is said of one member.
#[derive(Default)]
pub(crate) struct MemberRules {
    pub(crate) value: ValueRules,
    pub(crate) server: Option<Meta>,
    pub(crate) scope: Option<(Expression, Meta)>,
    pub(crate) role: Option<(Expression, Meta)>,
    pub(crate) owner: Option<Meta>,
    /// The type has no rules of its own.
    pub(crate) unchecked: Option<Meta>,
    /// There are faults, so what is absent may only be unreadable.
    pub(crate) incomplete: bool,
}

/// What a value looks like.
#[derive(Default)]
pub(crate) struct ValueRules {
    pub(crate) length: Option<Length>,
    pub(crate) range: Option<Range>,
    pub(crate) pattern: Option<LitStr>,
    pub(crate) email: Option<Meta>,
    pub(crate) url: Option<Meta>,
    pub(crate) inner: Option<Box<ValueRules>>,
    pub(crate) custom: Option<Path>,
}

pub(crate) struct Length {
    pub(crate) min: Option<(usize, LitInt)>,
    pub(crate) max: Option<(usize, LitInt)>,
}

pub(crate) struct Range {
    pub(crate) min: Option<Expr>,
    pub(crate) max: Option<Expr>,
}

/// The rules of an item, in the order of its members.
pub(crate) enum ItemRules {
    Group(Vec<MemberRules>),
    Newtype(Box<MemberRules>),
    /// Nothing for a variant without members.
    Variants(Vec<Vec<MemberRules>>),
}

impl ItemRules {
    /// Those of the struct, or of each variant.
    pub(crate) fn groups(&self) -> Vec<&[MemberRules]> {
        match self {
            Self::Group(rules) => vec![rules],
            Self::Newtype(rules) => vec![std::slice::from_ref(rules)],
            Self::Variants(rules) => rules.iter().map(Vec::as_slice).collect(),
        }
    }
}

pub(crate) fn of(item: &Item, diagnostics: &mut Diagnostics) -> ItemRules {
    match &item.shape {
        Shape::Named(members) => ItemRules::Group(group(members, diagnostics)),
        Shape::Newtype(member) => ItemRules::Newtype(Box::new(MemberRules::read(member, diagnostics))),
        Shape::Enum(variants) => ItemRules::Variants(
            variants
                .iter()
                .map(|variant| match &variant.fields {
                    VariantFields::Unit => Vec::new(),
                    VariantFields::Newtype(member) => vec![MemberRules::read(member, diagnostics)],
                    VariantFields::Named(members) => group(members, diagnostics),
                })
                .collect(),
        ),
    }
}

fn group(group: &Group, diagnostics: &mut Diagnostics) -> Vec<MemberRules> {
    group
        .0
        .iter()
        .map(|member| MemberRules::read(member, diagnostics))
        .collect()
}

impl MemberRules {
    fn read(member: &Member, diagnostics: &mut Diagnostics) -> Self {
        let mut rules = Self::default();
        let before = diagnostics.len();
        let mut said = Vec::new();
        for attr in &member.ours {
            let list = match &attr.meta {
                Meta::List(list) if !list.tokens.is_empty() => list,
                _ => {
                    let help = "write what the value must look like, as in `#[input(length(max = 80))]`";
                    diagnostics.push(attr, Code::Rule, "`#[input]` on a member says nothing", "", help);
                    continue;
                }
            };
            for meta in metas(list.tokens.clone(), diagnostics) {
                let name = name_of(&meta);
                if said.contains(&name) {
                    let fault = format!("`{name}` stands twice");
                    diagnostics.push(&meta, Code::Key, &fault, "", "remove one of them");
                } else {
                    rules.take(&meta, diagnostics);
                    said.push(name);
                }
            }
        }
        rules.incomplete = member.incomplete || diagnostics.len() > before;
        rules
    }

    /// Who may set it is not everybody.
    pub(crate) fn is_restricted(&self) -> bool {
        self.scope.is_some() || self.role.is_some()
    }

    fn take(&mut self, meta: &Meta, diagnostics: &mut Diagnostics) {
        let name = name_of(meta);
        let alone = |diagnostics: &mut Diagnostics| flag(meta, diagnostics).then(|| meta.clone());
        let names = |kind, diagnostics: &mut Diagnostics| {
            Expression::read(meta, kind, diagnostics).map(|expression| (expression, meta.clone()))
        };
        match name.as_str() {
            "server" => self.server = alone(diagnostics),
            "owner" => self.owner = alone(diagnostics),
            "unchecked" => self.unchecked = alone(diagnostics),
            "scope" => self.scope = names(Kind::Scope, diagnostics),
            "role" => self.role = names(Kind::Role, diagnostics),
            known if RULES.contains(&known) => self.value.take(meta, diagnostics),
            other => unknown_rule(meta, other, &KEYS, diagnostics),
        }
    }
}

impl ValueRules {
    pub(crate) fn says_something(&self) -> bool {
        let forms = [&self.email, &self.url].into_iter().any(Option::is_some);
        forms
            || self.length.is_some()
            || self.range.is_some()
            || self.pattern.is_some()
            || self.inner.is_some()
            || self.custom.is_some()
    }

    fn take(&mut self, meta: &Meta, diagnostics: &mut Diagnostics) {
        match name_of(meta).as_str() {
            "length" => self.length = length(meta, diagnostics),
            "range" => self.range = range(meta, diagnostics),
            "pattern" => self.pattern = text(meta, "pattern = \"^[a-z0-9-]{1,40}$\"", diagnostics),
            "email" => self.email = flag(meta, diagnostics).then(|| meta.clone()),
            "url" => self.url = flag(meta, diagnostics).then(|| meta.clone()),
            "custom" => self.custom = custom(meta, diagnostics),
            "inner" => self.inner = inner(meta, diagnostics).map(Box::new),
            other if KEYS.contains(&other) => {
                let fault = format!("`{other}` is said of a member, and not of its items");
                diagnostics.push(meta, Code::Rule, &fault, "", "write it outside of `inner(…)`");
            }
            other => unknown_rule(meta, other, &RULES, diagnostics),
        }
    }
}

fn unknown_rule(meta: &Meta, name: &str, known: &[&str], diagnostics: &mut Diagnostics) {
    let help = match nearest(name, known) {
        Some(near) => format!("did you mean `{near}`? the rules are {}", list(known)),
        None => format!(
            "the rules are {}; any other is a function, named by `custom`",
            list(known)
        ),
    };
    diagnostics.push(meta.path(), Code::Rule, &format!("unknown rule `{name}`"), "", &help);
}

fn wrong(meta: &Meta, fault: &str, example: &str, diagnostics: &mut Diagnostics) {
    diagnostics.push(meta, Code::Rule, fault, "", &format!("write `{example}`"));
}

/// The options of `length(…)` and `range(…)`, each with its value.
fn options(meta: &Meta, known: &[&str], example: &str, diagnostics: &mut Diagnostics) -> Option<Vec<(String, Expr)>> {
    let name = name_of(meta);
    let list = match meta {
        Meta::List(list) if !list.tokens.is_empty() => list,
        _ => {
            wrong(meta, &format!("`{name}` needs bounds"), example, diagnostics);
            return None;
        }
    };
    let mut options = Vec::new();
    for option in metas(list.tokens.clone(), diagnostics) {
        let key = name_of(&option);
        match option {
            _ if !known.contains(&key.as_str()) => unknown(&option, &key, "option", known, diagnostics),
            Meta::NameValue(pair) => options.push((key, pair.value)),
            _ => wrong(&option, &format!("`{key}` needs a value"), example, diagnostics),
        }
    }
    Some(options)
}

fn length(meta: &Meta, diagnostics: &mut Diagnostics) -> Option<Length> {
    let example = "length(min = 1, max = 80)";
    let (mut min, mut max) = (None, None);
    let options = options(meta, &["min", "max", "equal"], example, diagnostics)?;
    if let [_, _, ..] = options.as_slice()
        && let Some((_, equal)) = options.iter().find(|(key, _)| key == "equal")
    {
        let fault = "`equal` says both bounds by itself";
        diagnostics.push(equal, Code::Rule, fault, "", "keep `equal`, or write `min` and `max`");
    }
    for (key, value) in options {
        let number = match literal(&value) {
            Some(Lit::Int(int)) => int.base10_parse::<usize>().ok().map(|number| (number, int.clone())),
            _ => None,
        };
        let Some(number) = number else {
            let fault = format!("`{key}` needs a whole number");
            diagnostics.push(&value, Code::Rule, &fault, "", &format!("write `{example}`"));
            continue;
        };
        match key.as_str() {
            "min" => min = Some(number),
            "max" => max = Some(number),
            _ => (min, max) = (Some(number.clone()), Some(number)),
        }
    }
    if let (Some((least, _)), Some((most, literal))) = (&min, &max)
        && least > most
    {
        let fault = format!("no length is at least {least} and at most {most}");
        diagnostics.push(literal, Code::Rule, &fault, "", "exchange the bounds");
    }
    Some(Length { min, max })
}

fn range(meta: &Meta, diagnostics: &mut Diagnostics) -> Option<Range> {
    let (mut min, mut max) = (None, None);
    for (key, value) in options(meta, &["min", "max"], "range(min = 1, max = 100)", diagnostics)? {
        match key.as_str() {
            "min" => min = Some(value),
            _ => max = Some(value),
        }
    }
    if let (Some(min), Some(max)) = (&min, &max)
        && let (Some(least), Some(most)) = (number(min), number(max))
        && least > most
    {
        let fault = "no number lies between these bounds";
        diagnostics.push(max, Code::Rule, fault, "", "exchange the bounds");
    }
    Some(Range { min, max })
}

/// A literal's value, as far as it can be compared here.
pub(super) fn number(expr: &Expr) -> Option<f64> {
    match expr {
        Expr::Unary(unary) if matches!(unary.op, syn::UnOp::Neg(_)) => number(&unary.expr).map(|number| -number),
        other => match literal(other)? {
            Lit::Int(int) => int.base10_parse().ok(),
            Lit::Float(float) => float.base10_parse().ok(),
            _ => None,
        },
    }
}

fn custom(meta: &Meta, diagnostics: &mut Diagnostics) -> Option<Path> {
    let path = match meta {
        Meta::NameValue(pair) => path_of(&pair.value),
        _ => None,
    };
    if path.is_none() {
        wrong(
            meta,
            "`custom` needs the name of a function",
            "custom = is_even",
            diagnostics,
        );
    }
    path
}

fn inner(meta: &Meta, diagnostics: &mut Diagnostics) -> Option<ValueRules> {
    let list = match meta {
        Meta::List(list) if !list.tokens.is_empty() => list,
        _ => {
            wrong(
                meta,
                "`inner` needs rules for the items",
                "inner(length(max = 40))",
                diagnostics,
            );
            return None;
        }
    };
    let mut rules = ValueRules::default();
    for meta in metas(list.tokens.clone(), diagnostics) {
        rules.take(&meta, diagnostics);
    }
    Some(rules)
}
