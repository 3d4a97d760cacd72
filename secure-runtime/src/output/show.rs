use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use schemars::{Schema, SchemaGenerator};
use serde::ser::{SerializeMap as _, SerializeTuple as _};
use serde::{Serialize, Serializer};

use super::{Shown, Viewer};
use crate::describe::{list_of, map_of, maybe, tuple_of};

/// A type that may leave the process, each part of it to those who may see it. [`#[output]`](crate::output)
/// implements it.
///
/// It is not `Serialize`: that would show everything to everybody.
#[diagnostic::on_unimplemented(
    message = "`{Self}` leaves the process, and nothing says who may see it",
    label = "this output is not declared",
    note = "help: write `#[secure_runtime::output]` above its declaration, and `#[expose]` above each field that every caller may see",
    note = "see [S015] in the book's error index"
)]
pub trait Output {
    /// Writes what `viewer` may see.
    ///
    /// # Errors
    ///
    /// The serializer's.
    fn show<S: Serializer>(&self, viewer: &Viewer, serializer: S) -> Result<S::Ok, S::Error>;

    /// Its JSON Schema (2020-12), which says who sees what; nothing in particular unless said otherwise.
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let _ = generator;
        Schema::default()
    }

    /// What [`schema`](Self::schema) refers to, where it refers to anything. `#[output]` says.
    #[doc(hidden)]
    fn describe(generator: &mut SchemaGenerator) -> Schema {
        let _ = generator;
        Schema::default()
    }
}

/// Values without parts.
macro_rules! plain {
    ($($ty:ty)*) => { $(
        impl Output for $ty {
            #[inline]
            fn show<S: Serializer>(&self, _: &Viewer, serializer: S) -> Result<S::Ok, S::Error> {
                self.serialize(serializer)
            }

            fn schema(generator: &mut SchemaGenerator) -> Schema {
                generator.subschema_for::<Self>()
            }
        }
    )* };
}

plain!(() bool char str String u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64);

#[cfg(feature = "uuid")]
plain!(uuid::Uuid);

macro_rules! pointers {
    ($($ty:ty)*) => { $(
        impl<T: Output + ?Sized> Output for $ty {
            #[inline]
            fn show<S: Serializer>(&self, viewer: &Viewer, serializer: S) -> Result<S::Ok, S::Error> {
                T::show(self, viewer, serializer)
            }

            fn schema(generator: &mut SchemaGenerator) -> Schema {
                T::schema(generator)
            }
        }
    )* };
}

pointers!(&T Box<T> Arc<T>);

impl<T: Output> Output for Option<T> {
    #[inline]
    fn show<S: Serializer>(&self, viewer: &Viewer, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_ref()
            .map(|value| Shown::new(value, viewer))
            .serialize(serializer)
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        maybe(T::schema(generator))
    }
}

impl<T: Output> Output for [T] {
    #[inline]
    fn show<S: Serializer>(&self, viewer: &Viewer, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(|value| Shown::new(value, viewer)))
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        list_of(T::schema(generator))
    }
}

impl<T: Output, const N: usize> Output for [T; N] {
    #[inline]
    fn show<S: Serializer>(&self, viewer: &Viewer, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_slice().show(viewer, serializer)
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        <[T]>::schema(generator)
    }
}

impl<T: Output> Output for Vec<T> {
    #[inline]
    fn show<S: Serializer>(&self, viewer: &Viewer, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_slice().show(viewer, serializer)
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        <[T]>::schema(generator)
    }
}

macro_rules! maps {
    ($($map:ident)*) => { $(
        impl<T: Output> Output for $map<String, T> {
            fn show<S: Serializer>(&self, viewer: &Viewer, serializer: S) -> Result<S::Ok, S::Error> {
                let mut map = serializer.serialize_map(Some(self.len()))?;
                for (name, value) in self {
                    map.serialize_entry(name, &Shown::new(value, viewer))?;
                }
                map.end()
            }

            fn schema(generator: &mut SchemaGenerator) -> Schema {
                map_of(T::schema(generator))
            }
        }
    )* };
}

maps!(BTreeMap HashMap);

macro_rules! tuples {
    ($(($len:literal: $($part:ident $index:tt),+))+) => { $(
        impl<$($part: Output),+> Output for ($($part,)+) {
            fn show<Ser: Serializer>(&self, viewer: &Viewer, serializer: Ser) -> Result<Ser::Ok, Ser::Error> {
                let mut tuple = serializer.serialize_tuple($len)?;
                $(tuple.serialize_element(&Shown::new(&self.$index, viewer))?;)+
                tuple.end()
            }

            fn schema(generator: &mut SchemaGenerator) -> Schema {
                tuple_of(vec![$($part::schema(generator)),+])
            }
        }
    )+ };
}

tuples!((1: A 0)(2: A 0, B 1)(3: A 0, B 1, C 2)(4: A 0, B 1, C 2, D 3));
