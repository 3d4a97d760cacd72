//! Enums whose tag stands among their members, or beside their content.
//!
//! serde reads them through a buffer of its own, which takes a list for an object at every level. So they are read as an
//! object here, and then as if the variant had been written under its name.

use std::fmt;

use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde_json::{Map, Value};

use super::strict::{Strict, Watch};

/// An enum that can be read under the names of its variants.
pub trait External: Sized {
    /// Reads it so.
    ///
    /// # Errors
    ///
    /// The deserializer's.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
}

/// Reads an enum by its `tag`; its members stand beside that, or in `content`.
///
/// # Errors
///
/// If it is no object, has no tag, or is not what the tag says.
pub fn tagged<'de, D: Deserializer<'de>, T: External>(
    deserializer: D,
    tag: &'static str,
    content: Option<&'static str>,
) -> Result<T, D::Error> {
    let mut members = deserializer.deserialize_map(Object)?;
    let Some(Value::String(variant)) = members.remove(tag) else {
        return Err(D::Error::missing_field(tag));
    };
    let held = match content {
        None => Some(Value::Object(members)),
        Some(content) => {
            let held = members.remove(content);
            if !members.is_empty() {
                return Err(D::Error::custom("unknown members beside the content"));
            }
            held
        }
    };
    let external = match held {
        None => Value::String(variant),
        Some(held) => Value::Object(Map::from_iter([(variant, held)])),
    };
    let fault = std::cell::Cell::new(None);
    T::read(Strict::new(&external, Watch::new(&fault))).map_err(D::Error::custom)
}

/// An object, and nothing else.
struct Object;

impl<'de> Visitor<'de> for Object {
    type Value = Map<String, Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with a tag")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Map::new();
        while let Some((name, value)) = map.next_entry()? {
            members.insert(name, value);
        }
        Ok(members)
    }
}
