use std::borrow::Cow;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator};

use super::{Input, Node, Report};

/// A name in a schema.
pub type Name = Cow<'static, str>;

/// The schema that a derive made for the copy of a type, as the type's own. Without one it is a schema without a name, which
/// allows everything: what stands for it in a program that does not compile.
#[derive(Clone, Copy, Debug, Default)]
pub struct Derived(Option<Made>);

#[derive(Clone, Copy, Debug)]
struct Made {
    is_inline: fn() -> bool,
    name: fn() -> Name,
    id: fn() -> Name,
    schema: fn(&mut SchemaGenerator) -> Schema,
}

impl Derived {
    /// That of the copy.
    #[must_use]
    pub fn of<T: JsonSchema>() -> Self {
        Self(Some(Made {
            is_inline: T::inline_schema,
            name: T::schema_name,
            id: T::schema_id,
            schema: T::json_schema,
        }))
    }

    /// It stands where it is used, and is not referred to.
    #[must_use]
    pub fn is_inline(&self) -> bool {
        self.0.is_none_or(|made| (made.is_inline)())
    }

    /// What it is called.
    #[must_use]
    pub fn name(&self) -> Name {
        self.0.map(|made| (made.name)()).unwrap_or_default()
    }

    /// What tells it from others of this name.
    #[must_use]
    pub fn id(&self) -> Name {
        self.0.map(|made| (made.id)()).unwrap_or_default()
    }

    /// Itself.
    #[must_use]
    pub fn schema(&self, generator: &mut SchemaGenerator) -> Schema {
        self.0.map(|made| (made.schema)(generator)).unwrap_or_default()
    }
}

/// What the parameter of a generic input is: it has rules, and a schema. Both at once, so that a type without either is one
/// error.
#[diagnostic::on_unimplemented(
    message = "`{Self}` comes from outside, and nothing says what it must look like",
    label = "this input has no rules",
    note = "help: write `#[secure_runtime::input]` above its declaration; beside an `Input` by hand, a parameter needs a `JsonSchema`",
    note = "see [S014] in the book's error index"
)]
pub trait Parameter: Input + JsonSchema {}

#[diagnostic::do_not_recommend]
impl<T: Input + JsonSchema> Parameter for T {}

/// What is said of a type that has rules. Of one without it is not asked, for it is an error already: [`Unruled`] answers
/// then.
#[derive(Debug)]
pub struct Ruled<T>(PhantomData<T>);

impl<T: Input> Ruled<T> {
    /// It must have a schema as well.
    pub fn has_schema()
    where
        T: JsonSchema,
    {
    }

    /// What of `node`, a list or map, can be read is shown to `rules`.
    pub fn each(node: &Node<'_>, report: &mut Report<'_>, rules: impl FnMut(&T, &mut Report<'_>)) {
        node.each_readable(report, rules);
    }
}

/// Takes the place of what is said of [`Ruled`].
pub trait Unruled {
    /// The type.
    type Value;

    /// Nobody asks.
    fn has_schema() {}

    /// Nothing can be read.
    fn each(_: &Node<'_>, _: &mut Report<'_>, _: impl FnMut(&Self::Value, &mut Report<'_>)) {}
}

impl<T> Unruled for Ruled<T> {
    type Value = T;
}
