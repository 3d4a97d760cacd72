use std::cell::Cell;
use std::fmt;

use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Unexpected, Visitor};

use super::access::{Items, Members};
use super::choice::Choice;
use super::{MAX_DEPTH, Refused};

/// What every level of one value shares.
#[derive(Clone, Copy)]
pub(super) struct Watch<'w> {
    /// How many levels may follow.
    room: u16,
    fault: &'w Cell<Option<Refused>>,
}

impl<'w> Watch<'w> {
    pub(super) fn new(fault: &'w Cell<Option<Refused>>) -> Self {
        Self { room: MAX_DEPTH, fault }
    }

    /// The same of a part, which may have so many levels.
    pub(super) fn with_room(room: u16, fault: &'w Cell<Option<Refused>>) -> Self {
        Self { room, fault }
    }

    /// One level further in.
    pub(super) fn within<E: Error>(self) -> Result<Self, E> {
        let room = self.room.checked_sub(1).ok_or_else(|| self.refuse(Refused::Depth))?;
        Ok(Self { room, ..self })
    }

    pub(super) fn refuse<E: Error>(self, why: Refused) -> E {
        self.fault.set(Some(why));
        E::custom("refused")
    }
}

/// A deserializer, or a visitor, that is watched: what it reads is refused for reasons that serde has none for.
pub(super) struct Strict<'w, T> {
    inner: T,
    watch: Watch<'w>,
    /// A list is refused: it stands where an object is asked for.
    no_list: bool,
}

impl<'w, T> Strict<'w, T> {
    pub(super) fn new(inner: T, watch: Watch<'w>) -> Self {
        Self {
            inner,
            watch,
            no_list: false,
        }
    }

    /// For what is written as an object.
    pub(super) fn object(inner: T, watch: Watch<'w>) -> Self {
        Self {
            inner,
            watch,
            no_list: true,
        }
    }
}

macro_rules! forward {
    ($($method:ident($($argument:ident: $ty:ty),*);)+) => { $(
        fn $method<V: Visitor<'de>>(self, $($argument: $ty,)* visitor: V) -> Result<V::Value, D::Error> {
            self.inner.$method($($argument,)* Strict::new(visitor, self.watch))
        }
    )+ };
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Strict<'_, D> {
    type Error = D::Error;

    forward! {
        deserialize_any();
        deserialize_bool();
        deserialize_i8();
        deserialize_i16();
        deserialize_i32();
        deserialize_i64();
        deserialize_i128();
        deserialize_u8();
        deserialize_u16();
        deserialize_u32();
        deserialize_u64();
        deserialize_u128();
        deserialize_f32();
        deserialize_f64();
        deserialize_char();
        deserialize_str();
        deserialize_string();
        deserialize_bytes();
        deserialize_byte_buf();
        deserialize_option();
        deserialize_unit();
        deserialize_unit_struct(name: &'static str);
        deserialize_newtype_struct(name: &'static str);
        deserialize_seq();
        deserialize_tuple(len: usize);
        deserialize_tuple_struct(name: &'static str, len: usize);
        deserialize_map();
        deserialize_identifier();
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        let visitor = Strict::object(visitor, self.watch);
        self.inner.deserialize_struct(name, fields, visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.inner.deserialize_any(Choice::new(visitor, self.watch))
    }

    /// What nobody asks for is looked at all the same, where serde_json would skip it.
    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.deserialize_any(visitor)
    }

    fn is_human_readable(&self) -> bool {
        self.inner.is_human_readable()
    }
}

macro_rules! hand_on {
    ($($method:ident($ty:ty);)+) => { $(
        fn $method<E: Error>(self, value: $ty) -> Result<V::Value, E> {
            self.inner.$method(value)
        }
    )+ };
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Strict<'_, V> {
    type Value = V::Value;

    hand_on! {
        visit_bool(bool);
        visit_i64(i64);
        visit_i128(i128);
        visit_u64(u64);
        visit_u128(u128);
        visit_f64(f64);
        visit_str(&str);
        visit_borrowed_str(&'de str);
        visit_string(String);
        visit_bytes(&[u8]);
        visit_borrowed_bytes(&'de [u8]);
        visit_byte_buf(Vec<u8>);
    }

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.expecting(f)
    }

    fn visit_none<E: Error>(self) -> Result<V::Value, E> {
        self.inner.visit_none()
    }

    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        self.inner.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        self.inner.visit_some(Strict::new(deserializer, self.watch))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        self.inner.visit_newtype_struct(Strict::new(deserializer, self.watch))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<V::Value, A::Error> {
        if self.no_list {
            return Err(A::Error::invalid_type(Unexpected::Seq, &self));
        }
        let watch = self.watch.within()?;
        self.inner.visit_seq(Items::new(seq, watch))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        let watch = self.watch.within()?;
        self.inner.visit_map(Members::new(map, watch))
    }
}
