//! Enums: a text that names a variant, or an object whose one member does.
//!
//! serde_json reads them as well, but takes `{"A":null}` for `"A"`, and calls a number, or a second member, a fault of syntax.

use std::fmt;

use serde::de::value::{BorrowedStrDeserializer, StrDeserializer};
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, IgnoredAny, MapAccess, Unexpected, VariantAccess, Visitor,
};

use super::access::Members;
use super::strict::Watch;

/// A visitor of an enum, to be shown whatever stands there.
pub(super) struct Choice<'w, V> {
    inner: V,
    watch: Watch<'w>,
}

impl<'w, V> Choice<'w, V> {
    pub(super) fn new(inner: V, watch: Watch<'w>) -> Self {
        Self { inner, watch }
    }
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Choice<'_, V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.expecting(f)
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<V::Value, E> {
        self.inner.visit_enum(StrDeserializer::new(name))
    }

    fn visit_borrowed_str<E: Error>(self, name: &'de str) -> Result<V::Value, E> {
        self.inner.visit_enum(BorrowedStrDeserializer::new(name))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        let watch = self.watch.within()?;
        self.inner.visit_enum(Only(Members::new(map, watch)))
    }
}

/// An object of one member.
struct Only<M>(M);

impl<'de, M: MapAccess<'de>> EnumAccess<'de> for Only<M> {
    type Error = M::Error;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'de>>(mut self, seed: S) -> Result<(S::Value, Self), M::Error> {
        let name = self.0.next_key_seed(seed)?;
        let name = name.ok_or_else(|| M::Error::invalid_length(0, &"one member"))?;
        Ok((name, self))
    }
}

impl<'de, M: MapAccess<'de>> VariantAccess<'de> for Only<M> {
    type Error = M::Error;

    fn unit_variant(self) -> Result<(), M::Error> {
        Err(M::Error::invalid_type(Unexpected::Map, &"the name alone"))
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(mut self, seed: S) -> Result<S::Value, M::Error> {
        let value = self.0.next_value_seed(seed)?;
        match self.0.next_key::<IgnoredAny>()? {
            None => Ok(value),
            Some(_) => Err(M::Error::invalid_length(2, &"one member")),
        }
    }

    fn tuple_variant<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, M::Error> {
        self.newtype_variant_seed(Tuple(len, visitor))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, M::Error> {
        self.newtype_variant_seed(Struct(fields, visitor))
    }
}

struct Tuple<V>(usize, V);

impl<'de, V: Visitor<'de>> DeserializeSeed<'de> for Tuple<V> {
    type Value = V::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        deserializer.deserialize_tuple(self.0, self.1)
    }
}

struct Struct<V>(&'static [&'static str], V);

impl<'de, V: Visitor<'de>> DeserializeSeed<'de> for Struct<V> {
    type Value = V::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        deserializer.deserialize_struct("", self.0, self.1)
    }
}
