//! As a part of inputs and outputs: the same rules and the same schema as what it holds.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serializer;

use super::Untrusted;
use crate::rules::{Glance, Inner, Length, Text};
use crate::{Input, Node, Output, Report, Viewer};

impl<T: Input> Input for Untrusted<T> {
    fn check(&self, report: &mut Report<'_>) {
        self.0.check(report);
    }

    fn inspect(node: &Node<'_>, report: &mut Report<'_>) {
        T::inspect(node, report);
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        T::schema(generator)
    }
}

/// JSON has one escape for everything, and the serializer applies it always: as an `application/json` answer, whatever the
/// value holds is data.
///
/// That ends where the JSON does: in a page's `<script>`, in HTML, in a log, it is to be escaped for those. What the client
/// makes of the value is the client's to escape.
impl<T: Output> Output for Untrusted<T> {
    #[inline]
    fn show<S: Serializer>(&self, viewer: &Viewer, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.show(viewer, serializer)
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        T::schema(generator)
    }
}

/// That of what it holds, under the same name: whether the value is trusted is no matter of the client's.
impl<T: JsonSchema> JsonSchema for Untrusted<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

impl<T: Text> Text for Untrusted<T> {
    fn text(&self, glance: Glance) -> Option<&str> {
        self.0.text(glance)
    }
}

impl<T: Length> Length for Untrusted<T> {
    fn within(&self, bounds: (usize, usize)) -> Result<(), garde::Error> {
        self.0.within(bounds)
    }
}

impl<T: Inner> Inner for Untrusted<T> {
    type Item = T::Item;

    fn each(&self, glance: Glance, report: &mut Report<'_>, rules: impl FnMut(&T::Item, &mut Report<'_>)) {
        self.0.each(glance, report, rules);
    }
}
