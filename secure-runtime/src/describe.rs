//! What an endpoint takes and shows, as JSON Schema.

use std::convert::Infallible;

use schemars::{Schema, SchemaGenerator};
use secure_policy::{Expr, Kind, Source};
use serde_json::{Value, json};

use crate::output::Answer;

/// The schemas of one endpoint's arguments and answer.
#[derive(Debug, Default)]
pub struct Description {
    generator: SchemaGenerator,
    inputs: Vec<(Source, Schema)>,
    output: Option<Schema>,
    opaque: bool,
    unchecked: bool,
}

impl Description {
    pub(crate) fn of(describe: fn(&mut Self)) -> Self {
        let mut description = Self::default();
        describe(&mut description);
        description
    }

    pub(crate) fn add_input(&mut self, source: Source, schema: fn(&mut SchemaGenerator) -> Option<Schema>) {
        self.inputs
            .extend(schema(&mut self.generator).map(|schema| (source, schema)));
    }

    pub(crate) fn add_answer<T: Answer>(&mut self) {
        self.output = T::schema(&mut self.generator);
        self.opaque = T::OPAQUE;
    }

    /// The same for a handler whose answer's type has no name. It is never called.
    pub fn add_answer_of<F: Future<Output: Answer>>(&mut self, _: impl FnOnce(Infallible) -> F) {
        self.add_answer::<F::Output>();
    }

    pub(crate) fn add_unchecked(&mut self, unchecked: bool) {
        self.unchecked |= unchecked;
    }

    /// Nothing says what the answer exposes: it is an [`Opaque`](crate::Opaque).
    #[must_use]
    pub fn is_opaque(&self) -> bool {
        self.opaque
    }

    /// Nothing checks one of the arguments: it is an [`Unchecked`](crate::Unchecked) or an
    /// [`UncheckedBody`](crate::UncheckedBody).
    #[must_use]
    pub fn is_unchecked(&self) -> bool {
        self.unchecked
    }

    /// What the arguments take, each with the part of the request that it comes from.
    pub fn inputs(&self) -> impl Iterator<Item = (Source, &Schema)> {
        self.inputs.iter().map(|(source, schema)| (*source, schema))
    }

    /// What the answer shows.
    #[must_use]
    pub fn output(&self) -> Option<&Schema> {
        self.output.as_ref()
    }

    /// The schemas that the others refer to, by name (`#/$defs/…`).
    #[must_use]
    pub fn definitions(&self) -> &serde_json::Map<String, Value> {
        self.generator.definitions()
    }

    /// The scopes or roles that members of inputs and outputs ask for.
    pub(crate) fn names(&self, kind: Kind) -> Vec<String> {
        let keys: &[&str] = match kind {
            Kind::Scope => &["scope", "or_scope"],
            Kind::Role => &["role"],
        };
        let mut names = Vec::new();
        let schemas = self.inputs.iter().map(|(_, schema)| schema).chain(&self.output);
        for value in schemas.map(Schema::as_value).chain(self.definitions().values()) {
            collect(value, keys, kind, &mut names);
        }
        names.sort();
        names.dedup();
        names
    }

    /// The patterns of the inputs.
    pub(crate) fn patterns(&self) -> Vec<&str> {
        let mut patterns = Vec::new();
        let inputs = self.inputs.iter().map(|(_, schema)| schema.as_value());
        for value in inputs.chain(self.definitions().values()) {
            keyword(value, "pattern", &mut patterns);
        }
        patterns.sort_unstable();
        patterns.dedup();
        patterns
    }
}

/// A value that cannot be made, where only its type is asked for.
pub fn unmade<T>(never: Infallible) -> T {
    match never {}
}

/// A list.
pub(crate) fn list_of(items: Schema) -> Schema {
    object(json!({ "type": "array", "items": items }))
}

/// An object whose members are of one kind.
pub(crate) fn map_of(members: Schema) -> Schema {
    object(json!({ "type": "object", "additionalProperties": members }))
}

/// A list of so many, each of its own kind.
pub(crate) fn tuple_of(parts: Vec<Schema>) -> Schema {
    let count = parts.len();
    object(json!({ "type": "array", "prefixItems": parts, "minItems": count, "maxItems": count }))
}

/// The same, or null.
pub(crate) fn maybe(schema: Schema) -> Schema {
    object(json!({ "anyOf": [schema, { "type": "null" }] }))
}

fn object(value: Value) -> Schema {
    Schema::try_from(value).unwrap_or_default()
}

/// Every value of this keyword, wherever it stands.
fn keyword<'v>(value: &'v Value, name: &str, found: &mut Vec<&'v str>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| keyword(item, name, found)),
        Value::Object(members) => {
            found.extend(members.get(name).and_then(Value::as_str));
            members.values().for_each(|member| keyword(member, name, found));
        }
        _ => {}
    }
}

fn collect(value: &Value, keys: &[&str], kind: Kind, names: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, keys, kind, names)),
        Value::Object(members) => {
            for (name, member) in members {
                if name == "x-set-by" || name == "x-shown-to" {
                    let texts = keys.iter().filter_map(|key| member.get(key)?.as_str());
                    let exprs = texts.filter_map(|text| Expr::parse(text, kind).ok());
                    names
                        .extend(exprs.flat_map(|expr| expr.names().into_iter().map(str::to_owned).collect::<Vec<_>>()));
                }
                collect(member, keys, kind, names);
            }
        }
        _ => {}
    }
}
