//! Who sees what, over types that are made up: 60 of them, at random from a fixed seed, which the build script writes. What
//! is expected comes from the description beside each, and from nothing that the attribute made.

mod data;
mod made;
mod oracle;

use std::cell::RefCell;
use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::subsequence;
use secure_runtime::data::SchemaGenerator;
use secure_runtime::testing::TestIssuer;
use secure_runtime::{Output, Viewer};
use serde_json::{Map, Value, json};

use crate::exposure::{Rights, callers, shown, viewer};
use crate::properties::check;
use data::{Exposure, Form, Plain, Rule, Type};
use made::{Made, Source};
use oracle::{Oracle, Tally};

/// The types, as the build script wrote them.
#[allow(clippy::all, reason = "chance has no style")]
mod types {
    use std::collections::BTreeMap;

    use secure_runtime::{Page, output};

    use super::Case;
    use super::data::{Audience, Exposure, Form, LeftOut, Member, Plain, Rule, Shape, Type, Variant};
    use super::made::{Made, Owner, Source, Who};

    include!(concat!(env!("OUT_DIR"), "/exposed_types.rs"));
}

/// One of the types.
#[derive(Clone)]
struct Case {
    ty: &'static Type,
    /// Makes a value, and shows it to the viewer.
    ask: fn(&mut Source, &Viewer) -> (Plain, String),
    schema: fn(&mut SchemaGenerator) -> secure_runtime::data::Schema,
}

impl Case {
    fn of<T: Made + Output>(ty: &'static Type) -> Self {
        Self {
            ty,
            ask: |source, viewer| {
                let value = T::made(source);
                (value.plain(), shown(&value, viewer))
            },
            schema: T::schema,
        }
    }
}

impl std::fmt::Debug for Case {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.ty.declaration)
    }
}

#[test]
fn z4_of_any_type_the_bytes_are_what_the_description_says() {
    let issuer = TestIssuer::default();
    let tally = RefCell::new(Tally::default());
    // A caller costs more than a value.
    let values = (subsequence(types::cases(), 8), any::<u64>(), callers());
    check(file!(), 3000, values, |(cases, seed, caller)| {
        let viewer = viewer(&issuer, caller.as_ref());
        let mut source = Source::new(seed);
        for case in cases {
            let (plain, bytes) = (case.ask)(&mut source, &viewer);
            let mut oracle = Oracle {
                rights: Rights(caller.as_ref()),
                tally: &mut tally.borrow_mut(),
            };
            prop_assert_eq!(bytes, oracle.write(&plain), "{:?}: {:?}", case, plain);
        }
        Ok(())
    });
    let Tally(tally) = tally.into_inner();
    for (what, [hidden, shown]) in &tally {
        let expected = match what.as_str() {
            "everyone" => *shown > 0 && *hidden == 0,
            "never" => *shown == 0 && *hidden > 0,
            _ => *shown > 0 && *hidden > 0,
        };
        assert!(expected, "{what}: shown {shown} times, hidden {hidden} times");
    }
    let decided: BTreeSet<&str> = tally.keys().map(String::as_str).collect();
    assert!(decided.is_superset(&BTreeSet::from(DECIDES)), "{decided:?}");
}

/// What at least decides over a member somewhere; an `s` stands for an expression of several.
const DECIDES: [&str; 23] = [
    "everyone",
    "never",
    "scope",
    "scopes",
    "role",
    "roles",
    "scope+role",
    "scopes+roles",
    "owner",
    "or_scope+owner",
    "or_scopes+owner",
    "scope+owner",
    "scopes+owner",
    "roles+owner",
    "scope+role+owner",
    "roles+or_scopes+owner",
    "scopes+or_scopes+owner",
    "scopes+roles+or_scopes+owner",
    "in a struct",
    "in an enum",
    "in a tagged enum",
    "in an enum beside its tag",
    "where it is there",
];

/// The schema says who sees what, and holds for what is shown to whomever.
#[test]
fn z4_of_any_type_the_schema_holds_for_every_answer() {
    let issuer = TestIssuer::default();
    let mut described = 0;
    for case in types::cases() {
        let mut generator = SchemaGenerator::default();
        let mut schema = serde_json::to_value((case.schema)(&mut generator)).unwrap();
        let definitions = generator.definitions().clone();
        described += usize::from(describes(case.ty, &definitions));
        schema["$defs"] = Value::Object(definitions);
        let validator = jsonschema::validator_for(&schema).unwrap();
        check(file!(), 40, (any::<u64>(), callers()), |(seed, caller)| {
            let (_, bytes) = (case.ask)(&mut Source::new(seed), &viewer(&issuer, caller.as_ref()));
            let value: Value = serde_json::from_str(&bytes).unwrap();
            prop_assert!(validator.is_valid(&value), "{case:?}: {value} is not {schema}");
            Ok(())
        });
    }
    assert!(described > 10, "{described} structs");
}

/// Whether this is a struct with members, of which the schema then says what the description does.
fn describes(ty: &Type, definitions: &Map<String, Value>) -> bool {
    let members = ty.variants[0].members;
    if !matches!(ty.form, Form::Whole) || members[0].name.is_empty() {
        return false;
    }
    // That of a generic type has the arguments behind its name.
    let is_its_own = |name: &str| {
        name.strip_prefix(ty.name)
            .is_some_and(|rest| !rest.starts_with(char::is_numeric))
    };
    let (_, shown) = definitions.iter().find(|(name, _)| is_its_own(name)).unwrap();
    let properties = shown["properties"].as_object().unwrap();
    let mut required = Vec::new();
    for member in members {
        let found = properties.get(member.name).map(|found| found["x-shown-to"].clone());
        let expected = match &member.exposure {
            Exposure::Never => None,
            Exposure::Everyone => {
                if matches!(member.left_out, data::LeftOut::Never) {
                    required.push(member.name);
                }
                Some(Value::Null)
            }
            Exposure::Some(audience) => {
                let rules = [
                    ("scope", &audience.scope),
                    ("role", &audience.role),
                    ("or_scope", &audience.or_scope),
                ];
                let rules = rules.into_iter().filter_map(|(key, rule)| Some((key, rule.as_ref()?)));
                let mut who: Map<_, _> = rules.map(|(key, rule)| (key.to_owned(), json!(text(rule)))).collect();
                if audience.owner {
                    who.insert("owner".to_owned(), json!(true));
                }
                Some(Value::Object(who))
            }
        };
        assert_eq!(
            found, expected,
            "{} of {}: {}",
            member.name, ty.declaration, member.kind
        );
    }
    assert_eq!(shown["required"], json!(required), "{}", ty.declaration);
    true
}

/// An expression as the schema has it: `&` binds more than `|`.
fn text(rule: &Rule) -> String {
    let joined = |parts: &[Rule], by: &str| {
        let parts = parts.iter().map(|part| match part {
            any @ Rule::Any(_) => format!("({})", text(any)),
            other => text(other),
        });
        parts.collect::<Vec<_>>().join(by)
    };
    match rule {
        Rule::Term(term) => (*term).to_owned(),
        Rule::All(parts) => joined(parts, " & "),
        Rule::Any(parts) => joined(parts, " | "),
    }
}
