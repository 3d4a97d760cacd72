use std::collections::{BTreeMap, HashMap};

use schemars::{Schema, SchemaGenerator};
use serde::de::DeserializeOwned;

use super::node::Node;
use super::report::Report;
use crate::describe::{list_of, map_of, maybe, tuple_of};

/// A type that may come from outside. [`#[input]`](crate::input) implements it.
///
/// The rules that its values obey are checked after parsing and before the handler runs; the answer to a value that
/// breaks one is 422, with all of them.
///
/// For what the attribute cannot say, it is implemented by hand:
///
/// ```
/// use secure_runtime::{Input, Report};
///
/// #[derive(serde::Deserialize)]
/// #[serde(deny_unknown_fields)]
/// struct Span { first: u32, last: u32 }
///
/// impl Input for Span {
///     fn check(&self, report: &mut Report<'_>) {
///         if self.first > self.last {
///             report.at("last").breaks("order", "must not be before `first`");
///         }
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` comes from outside, and nothing says what it must look like",
    label = "this input has no rules",
    note = "help: write `#[secure_runtime::input]` above its declaration",
    note = "see [S014] in the book's error index"
)]
pub trait Input: DeserializeOwned {
    /// Reports each rule that the value breaks.
    fn check(&self, report: &mut Report<'_>);

    /// Looks at a value that is not of this type, to report everything that is wrong with it.
    fn inspect(node: &Node<'_>, report: &mut Report<'_>) {
        node.is_of_another_type(report);
    }

    /// Its JSON Schema (2020-12), with its rules; nothing in particular unless said otherwise.
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let _ = generator;
        Schema::default()
    }
}

/// Values that carry no rule beyond their type.
macro_rules! plain {
    ($($ty:ty)*) => { $(
        impl Input for $ty {
            fn check(&self, _: &mut Report<'_>) {}

            fn schema(generator: &mut SchemaGenerator) -> Schema {
                generator.subschema_for::<Self>()
            }
        }
    )* };
}

plain!(
    () bool char String Box<str> u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize
    std::num::NonZeroU8 std::num::NonZeroU16 std::num::NonZeroU32 std::num::NonZeroU64
);

#[cfg(feature = "uuid")]
plain!(uuid::Uuid);

/// JSON has no others, but a query has: `NaN` would pass every range.
macro_rules! floats {
    ($($ty:ty)*) => { $(
        impl Input for $ty {
            fn check(&self, report: &mut Report<'_>) {
                if !self.is_finite() {
                    report.breaks("finite", "must be a finite number");
                }
            }

            fn schema(generator: &mut SchemaGenerator) -> Schema {
                generator.subschema_for::<Self>()
            }
        }
    )* };
}

floats!(f32 f64);

impl<T: Input> Input for Option<T> {
    fn check(&self, report: &mut Report<'_>) {
        if let Some(value) = self {
            value.check(report);
        }
    }

    fn inspect(node: &Node<'_>, report: &mut Report<'_>) {
        T::inspect(node, report);
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        maybe(T::schema(generator))
    }
}

impl<T: Input> Input for Vec<T> {
    fn check(&self, report: &mut Report<'_>) {
        for (index, item) in self.iter().enumerate() {
            item.check(&mut report.item(index));
        }
    }

    fn inspect(node: &Node<'_>, report: &mut Report<'_>) {
        for (index, item) in node.items(report).iter().enumerate() {
            Node::json(item).value(&mut report.item(index), T::check, T::inspect);
        }
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        list_of(T::schema(generator))
    }
}

impl<T: Input> Input for Box<T> {
    fn check(&self, report: &mut Report<'_>) {
        T::check(self, report);
    }

    fn inspect(node: &Node<'_>, report: &mut Report<'_>) {
        T::inspect(node, report);
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        T::schema(generator)
    }
}

macro_rules! maps {
    ($($map:ident)*) => { $(
        impl<T: Input> Input for $map<String, T> {
            fn check(&self, report: &mut Report<'_>) {
                for (name, value) in self {
                    value.check(&mut report.at(name));
                }
            }

            fn inspect(node: &Node<'_>, report: &mut Report<'_>) {
                if let Some(members) = node.members(report) {
                    members.each::<T>(report);
                }
            }

            fn schema(generator: &mut SchemaGenerator) -> Schema {
                map_of(T::schema(generator))
            }
        }
    )* };
}

maps!(BTreeMap HashMap);

macro_rules! tuples {
    ($(($($part:ident $index:tt),+))+) => { $(
        impl<$($part: Input),+> Input for ($($part,)+) {
            fn check(&self, report: &mut Report<'_>) {
                $(self.$index.check(&mut report.item($index));)+
            }

            fn inspect(node: &Node<'_>, report: &mut Report<'_>) {
                if let Some(items) = node.exactly([$($index),+].len(), report) {
                    let mut items = items.iter();
                    $(if let Some(item) = items.next() {
                        Node::json(item).value(&mut report.item($index), $part::check, $part::inspect);
                    })+
                }
            }

            fn schema(generator: &mut SchemaGenerator) -> Schema {
                tuple_of(vec![$($part::schema(generator)),+])
            }
        }
    )+ };
}

tuples!((A 0)(A 0, B 1)(A 0, B 1, C 2)(A 0, B 1, C 2, D 3)(A 0, B 1, C 2, D 3, E 4)(A 0, B 1, C 2, D 3, E 4, F 5));
