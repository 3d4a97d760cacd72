use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer};

use super::node::Node;
use super::{Input, Report};

/// A member of a JSON Merge Patch (RFC 7396): left out, null, or a value.
///
/// In an [`#[input]`](crate::input) it may always be left out.
///
/// ```
/// use secure_runtime::{Patch, input};
///
/// #[input]
/// struct ProfilePatch {
///     #[input(length(min = 1, max = 80))]
///     name: Patch<String>,
/// }
///
/// fn apply(patch: ProfilePatch, name: &mut Option<String>) {
///     patch.name.apply(name); // left out: unchanged; null: `None`; a value: that value
/// }
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Patch<T> {
    /// Leave it as it is.
    #[default]
    Absent,
    /// Remove it.
    Null,
    /// Replace it.
    Value(T),
}

impl<T> Patch<T> {
    /// Was it left out?
    #[must_use]
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// The new value, if there is one.
    #[must_use]
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Changes `target`, or leaves it.
    pub fn apply(self, target: &mut Option<T>) {
        match self {
            Self::Absent => {}
            Self::Null => *target = None,
            Self::Value(value) => *target = Some(value),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(|value| value.map_or(Self::Null, Self::Value))
    }
}

impl<T: Input> Input for Patch<T> {
    fn check(&self, report: &mut Report<'_>) {
        if let Self::Value(value) = self {
            value.check(report);
        }
    }

    fn inspect(node: &Node<'_>, report: &mut Report<'_>) {
        T::inspect(node, report);
    }
}

impl<T: JsonSchema> JsonSchema for Patch<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        Option::<T>::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Option::<T>::json_schema(generator)
    }
}
