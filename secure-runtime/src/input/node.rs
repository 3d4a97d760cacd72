use std::borrow::Cow;

use serde::de::{DeserializeOwned, Deserializer, Error as _, Visitor, value};
use serde::forward_to_deserialize_any;
use serde_json::Value;

use super::{Input, Report};
use crate::json;

/// A part of an input that could not be read as a whole: looked at piece by piece, to say what is wrong with it.
#[derive(Clone, Copy, Debug)]
pub struct Node<'n>(Form<'n>);

/// A query or form, decoded.
pub(crate) type Pairs<'n> = [(Cow<'n, str>, Cow<'n, str>)];

#[derive(Clone, Copy, Debug)]
enum Form<'n> {
    Json(&'n Value),
    Pairs(&'n Pairs<'n>),
    /// A value of a query, form or path.
    Word(&'n str),
    Absent,
}

impl<'n> Node<'n> {
    pub(crate) fn json(value: &'n Value) -> Self {
        Self(Form::Json(value))
    }

    pub(crate) fn pairs(pairs: &'n Pairs<'n>) -> Self {
        Self(Form::Pairs(pairs))
    }

    /// The value, if it is one of this type.
    #[must_use]
    pub fn read<T: DeserializeOwned>(&self) -> Option<T> {
        match self.0 {
            Form::Json(value) => json::from_value(value),
            Form::Pairs(pairs) => {
                let text = form_urlencoded::Serializer::new(String::new())
                    .extend_pairs(pairs)
                    .finish();
                serde_urlencoded::from_str(&text).ok()
            }
            Form::Word(word) => read_word(word),
            // What `Option` and its like make of a member that is not there.
            Form::Absent => T::deserialize(Missing).ok(),
        }
    }

    /// Its members; without them, the report says that there should be.
    pub fn members(self, report: &mut Report<'_>) -> Option<Members<'n>> {
        let is_object = matches!(self.0, Form::Json(Value::Object(_)) | Form::Pairs(_));
        if !is_object {
            report.breaks("type", "must be an object");
        }
        is_object.then_some(Members(self))
    }

    /// Its items; without them, the report says that there should be.
    pub(crate) fn items(self, report: &mut Report<'_>) -> &'n [Value] {
        let Form::Json(Value::Array(items)) = self.0 else {
            report.breaks("type", "must be a list");
            return &[];
        };
        items
    }

    /// So many items and no more; otherwise, the report says that there should be.
    pub(super) fn exactly(self, count: usize, report: &mut Report<'_>) -> Option<&'n [Value]> {
        match self.0 {
            Form::Json(Value::Array(items)) if items.len() == count => Some(items),
            _ => {
                report.breaks("type", format!("must be a list of {count}"));
                None
            }
        }
    }

    /// Nothing more is known than that it is of another type.
    pub fn is_of_another_type(&self, report: &mut Report<'_>) {
        report.breaks("type", "is not of the type that is expected here");
    }

    /// The variant that it names, by a text or as its one member, with what stands there.
    pub fn variant(self, report: &mut Report<'_>) -> Option<(&'n str, Self)> {
        match self.0 {
            Form::Json(Value::String(name)) => return Some((name, Self(Form::Absent))),
            Form::Word(name) => return Some((name, Self(Form::Absent))),
            Form::Json(Value::Object(members)) if members.len() == 1 => {
                let (name, content) = members.iter().next()?;
                return Some((name, Self::json(content)));
            }
            _ => {}
        }
        report.breaks("type", "must name one variant");
        None
    }

    /// The variant that a tag names among the other members.
    pub fn tagged(self, tag: &str, report: &mut Report<'_>) -> Option<(&'n str, Self)> {
        self.members(report)?;
        match self.get(tag).0 {
            Form::Json(Value::String(name)) => return Some((name, self)),
            Form::Word(name) => return Some((name, self)),
            Form::Absent => report.at(tag).breaks("required", "is required"),
            _ => report.at(tag).breaks("type", "must be text"),
        }
        None
    }

    /// The variant that a tag names, with the content beside it.
    pub fn tagged_beside(self, tag: &str, content: &str, report: &mut Report<'_>) -> Option<(&'n str, Self)> {
        let (name, _) = self.tagged(tag, report)?;
        Members(self).only(&[tag, content], &[], report);
        Some((name, self.get(content)))
    }

    /// Nothing stands here, as for a variant without members.
    pub fn is_nothing(&self, report: &mut Report<'_>) {
        if !self.is_absent() && !self.is_null() {
            self.is_of_another_type(report);
        }
    }

    /// Hands each item of a list, or value of a map, that can be read to `rules`.
    pub(super) fn each_readable<T: DeserializeOwned>(
        &self,
        report: &mut Report<'_>,
        mut rules: impl FnMut(&T, &mut Report<'_>),
    ) {
        match self.0 {
            Form::Json(Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    if let Some(value) = Self::json(item).read::<T>() {
                        rules(&value, &mut report.item(index));
                    }
                }
            }
            Form::Json(Value::Object(members)) => {
                for (name, member) in members {
                    if let Some(value) = Self::json(member).read::<T>() {
                        rules(&value, &mut report.at(name));
                    }
                }
            }
            _ => {}
        }
    }

    /// If it can be read, `rules` look at it; otherwise the report says what is wrong.
    pub fn value<T: DeserializeOwned>(
        &self,
        report: &mut Report<'_>,
        rules: impl FnOnce(&T, &mut Report<'_>),
        inspect: impl FnOnce(&Self, &mut Report<'_>),
    ) {
        match self.read::<T>() {
            Some(value) => rules(&value, report),
            None if self.is_absent() => report.breaks("required", "is required"),
            None if !report.affords(self.parts()) => self.is_of_another_type(report),
            None => inspect(self, report),
        }
    }

    /// How many values stand in it, itself among them.
    pub(super) fn parts(&self) -> usize {
        match self.0 {
            Form::Json(value) => parts(value),
            Form::Pairs(pairs) => pairs.len(),
            Form::Word(_) | Form::Absent => 1,
        }
    }

    fn is_null(&self) -> bool {
        matches!(self.0, Form::Json(Value::Null))
    }

    fn is_absent(&self) -> bool {
        matches!(self.0, Form::Absent)
    }

    fn get(&self, name: &str) -> Self {
        let form = match self.0 {
            Form::Json(value) => value.get(name).map(Form::Json),
            Form::Pairs(pairs) => {
                let pair = pairs.iter().find(|(known, _)| known == name);
                pair.map(|(_, word)| Form::Word(word))
            }
            Form::Word(_) | Form::Absent => None,
        };
        Self(form.unwrap_or(Form::Absent))
    }
}

fn parts(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(parts).sum(),
        Value::Object(members) => members.values().map(parts).sum(),
        _ => 0,
    }
}

/// One word of a query, form or path, read as those are.
pub(crate) fn read_word<T: DeserializeOwned>(word: &str) -> Option<T> {
    let text = form_urlencoded::Serializer::new(String::new())
        .append_pair("word", word)
        .finish();
    let pairs: Vec<(String, T)> = serde_urlencoded::from_str(&text).ok()?;
    pairs.into_iter().next().map(|(_, value)| value)
}

/// A member that is not there: to an `Option` it is none, and to anything else it is missing.
struct Missing;

impl<'de> Deserializer<'de> for Missing {
    type Error = value::Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, value::Error> {
        Err(value::Error::custom("missing"))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, value::Error> {
        visitor.visit_none()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct newtype_struct
        seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// The members of an object, a query or a form.
#[derive(Debug)]
pub struct Members<'n>(Node<'n>);

impl<'n> Members<'n> {
    /// Reports each member that is not among `known`, and each of `server`, which are the server's to set.
    pub fn only(&self, known: &[&str], server: &[&str], report: &mut Report<'_>) {
        let mut check = |name: &str| {
            if server.contains(&name) {
                report
                    .at(name)
                    .breaks("server", "is set by the server, and not by the client");
            } else if !known.contains(&name) {
                report.at(name).breaks("unknown", "is not a member of this input");
            }
        };
        match self.0.0 {
            Form::Json(Value::Object(members)) => members.keys().for_each(|name| check(name)),
            Form::Pairs(pairs) => pairs.iter().for_each(|(name, _)| check(name)),
            Form::Json(_) | Form::Word(_) | Form::Absent => {}
        }
    }

    /// One member. If it can be read, `rules` look at it; otherwise the report says what is wrong.
    pub fn member<T: DeserializeOwned>(
        &self,
        name: &str,
        optional: bool,
        report: &mut Report<'_>,
        rules: impl FnOnce(&T, &mut Report<'_>),
        inspect: impl FnOnce(&Node<'n>, &mut Report<'_>),
    ) {
        let node = self.0.get(name);
        if node.is_absent() && optional {
            return;
        }
        node.value(&mut report.at(name), rules, inspect);
    }

    /// Every member, where all are of one type.
    pub(crate) fn each<T: Input>(&self, report: &mut Report<'_>) {
        let names: Vec<&str> = match self.0.0 {
            Form::Json(Value::Object(members)) => members.keys().map(String::as_str).collect(),
            Form::Pairs(pairs) => pairs.iter().map(|(name, _)| name.as_ref()).collect(),
            Form::Json(_) | Form::Word(_) | Form::Absent => Vec::new(),
        };
        for name in names {
            self.member(name, false, report, T::check, T::inspect);
        }
    }

    /// Is it there, and not null?
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        let node = self.0.get(name);
        !node.is_absent() && !node.is_null()
    }
}
