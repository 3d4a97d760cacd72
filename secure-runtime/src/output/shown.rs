//! The JSON Schema of an [`Output`], put together. `#[output]` calls this.

use std::borrow::Cow;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::{Audience, Output};

/// One member of an object.
#[derive(Debug)]
pub struct Member {
    /// Its name outside.
    pub name: &'static str,
    /// What it means.
    pub docs: Option<&'static str>,
    /// Its type.
    pub schema: Schema,
    /// Who sees it; `None` is every caller.
    pub audience: Option<&'static Audience>,
    /// It is never left out for another reason.
    pub always: bool,
}

/// A variant of an enum: its name, what it means, and what it holds.
pub type Variant = (&'static str, Option<&'static str>, Option<Schema>);

/// A type that others refer to by name, so that it may hold itself.
struct Named<T: ?Sized>(PhantomData<fn() -> T>);

impl<T: Output> JsonSchema for Named<T> {
    fn schema_name() -> Cow<'static, str> {
        // What stands in the brackets tells one from another, but is no part of a name.
        let path = std::any::type_name::<T>();
        let short = path
            .split(['<', '>', ','])
            .filter_map(|path| path.trim().rsplit("::").next());
        Cow::Owned(short.collect())
    }

    fn schema_id() -> Cow<'static, str> {
        // An input of the same type has another schema.
        Cow::Owned(format!("output {}", std::any::type_name::<T>()))
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::describe(generator)
    }
}

/// A reference to what the type describes.
pub fn named<T: Output>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<Named<T>>()
}

/// An object. Members that are not shown to everybody are not required.
#[must_use]
pub fn object(docs: Option<&str>, members: Vec<Member>) -> Schema {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for member in members {
        let mut schema = member.schema;
        if let Some(docs) = member.docs {
            schema.insert("description".to_owned(), json!(docs));
        }
        if let Some(audience) = member.audience {
            schema.insert("x-shown-to".to_owned(), audience.schema());
        } else if member.always {
            required.push(member.name);
        }
        properties.insert(member.name.to_owned(), Value::from(schema));
    }
    let mut object = Map::new();
    describe(&mut object, docs);
    object.insert("type".to_owned(), json!("object"));
    object.insert("properties".to_owned(), Value::Object(properties));
    object.insert("required".to_owned(), json!(required));
    Schema::from(object)
}

/// One of several variants: by itself, tagged among its members, or tagged beside its content.
#[must_use]
pub fn choice(docs: Option<&str>, tag: Option<&str>, content: Option<&str>, variants: Vec<Variant>) -> Schema {
    let shown = variants.into_iter().map(|(name, docs, held)| {
        let mut shown = match (tag, content, held) {
            (None, _, None) => member_of([("const".to_owned(), json!(name))]),
            (None, _, Some(held)) => one_member(name, held),
            (Some(tag), None, held) => among(tag, name, held),
            (Some(tag), Some(_), None) => among(tag, name, None),
            (Some(tag), Some(content), Some(held)) => among(tag, name, Some(one_member(content, held))),
        };
        describe(shown.ensure_object(), docs);
        Value::from(shown)
    });
    let shown: Vec<Value> = shown.collect();
    let mut choice = Map::new();
    describe(&mut choice, docs);
    choice.insert("oneOf".to_owned(), Value::Array(shown));
    Schema::from(choice)
}

fn describe(object: &mut Map<String, Value>, docs: Option<&str>) {
    if let Some(docs) = docs {
        object.insert("description".to_owned(), json!(docs));
    }
}

fn member_of<const N: usize>(keywords: [(String, Value); N]) -> Schema {
    Schema::from(Map::from_iter(keywords))
}

fn one_member(name: &str, held: Schema) -> Schema {
    member_of([
        ("type".to_owned(), json!("object")),
        ("properties".to_owned(), json!({ name: held })),
        ("required".to_owned(), json!([name])),
    ])
}

/// The tag among the members.
fn among(tag: &str, name: &str, held: Option<Schema>) -> Schema {
    let mut object = held.unwrap_or_else(|| self::object(None, Vec::new()));
    if let Some(Value::Object(properties)) = object.get_mut("properties") {
        properties.insert(tag.to_owned(), json!({ "const": name }));
    }
    if let Some(Value::Array(required)) = object.get_mut("required") {
        required.push(json!(tag));
    }
    object
}
