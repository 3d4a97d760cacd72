//! What is said of a generated type, and of a value, as plain data.

/// A type; `declaration` is what was written.
pub(super) struct Type {
    pub(super) name: &'static str,
    pub(super) declaration: &'static str,
    pub(super) form: Form,
    pub(super) variants: &'static [Variant],
}

pub(super) enum Form {
    /// A struct, whose one variant has no name.
    Whole,
    Choice {
        tag: Option<&'static str>,
        content: Option<&'static str>,
    },
}

pub(super) struct Variant {
    /// Outside.
    pub(super) name: &'static str,
    pub(super) shape: Shape,
    pub(super) members: &'static [Member],
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Unit,
    Newtype,
    Named,
}

pub(super) struct Member {
    /// Outside.
    pub(super) name: &'static str,
    /// The type, as it was written.
    pub(super) kind: &'static str,
    pub(super) exposure: Exposure,
    pub(super) left_out: LeftOut,
    /// It says whose the value is.
    pub(super) is_owner: bool,
}

pub(super) enum Exposure {
    Everyone,
    Never,
    Some(Audience),
}

pub(super) struct Audience {
    pub(super) scope: Option<Rule>,
    pub(super) role: Option<Rule>,
    pub(super) owner: bool,
    pub(super) or_scope: Option<Rule>,
}

pub(super) enum Rule {
    Term(&'static str),
    All(&'static [Rule]),
    Any(&'static [Rule]),
}

impl Rule {
    pub(super) fn holds(&self, has: &dyn Fn(&str) -> bool) -> bool {
        match self {
            Self::Term(term) => has(term),
            Self::All(parts) => parts.iter().all(|part| part.holds(has)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(has)),
        }
    }
}

impl Exposure {
    /// What rules there are, whatever they say.
    pub(super) fn form(&self) -> String {
        let audience = match self {
            Self::Everyone => return "everyone".to_owned(),
            Self::Never => return "never".to_owned(),
            Self::Some(audience) => audience,
        };
        let nested = |rule: &Rule| matches!(rule, Rule::All(_) | Rule::Any(_));
        let rules = [
            ("scope", &audience.scope),
            ("role", &audience.role),
            ("or_scope", &audience.or_scope),
        ];
        let rules = rules.into_iter().filter_map(|(key, rule)| Some((key, rule.as_ref()?)));
        let rules = rules.map(|(key, rule)| {
            if nested(rule) {
                format!("{key}s")
            } else {
                key.to_owned()
            }
        });
        let owner = audience.owner.then(|| "owner".to_owned());
        rules.chain(owner).collect::<Vec<_>>().join("+")
    }
}

/// Whoever asks.
#[derive(Clone, Copy)]
pub(super) enum LeftOut {
    Never,
    None,
    Empty,
}

/// A value, with everything that nobody sees.
#[derive(Debug)]
pub(super) enum Plain {
    /// A number, a text: as JSON has it.
    Json(String),
    Nothing,
    /// An option's value, which may be nothing itself.
    Some(Box<Plain>),
    List(Vec<Plain>),
    Map(Vec<(String, Plain)>),
    Of {
        of: &'static Type,
        variant: usize,
        members: Vec<Plain>,
    },
}

impl std::fmt::Debug for Type {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}
