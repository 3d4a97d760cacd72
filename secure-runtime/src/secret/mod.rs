mod misuse;
#[cfg(test)]
pub(crate) mod tests;

use std::borrow::Cow;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};
use zeroize::{Zeroize, Zeroizing};

use crate::rules::{Glance, Length, Text};
use crate::{Input, Node, Report};

/// A value that nobody may see: a password, a key, a token.
///
/// It can be read, checked and compared, and it is overwritten when it is dropped. It cannot be printed, logged,
/// serialised, copied, or be part of an answer; whoever needs the value calls [`expose`](Self::expose), which is easy to
/// search for.
///
/// As a member of an input it takes the rules of what it holds:
///
/// ```
/// use secure_runtime::{Secret, input};
///
/// #[input]
/// struct Login {
///     #[input(length(max = 80))]
///     name: String,
///     #[input(length(min = 12, max = 128))]
///     password: Secret<String>,
/// }
///
/// # fn main() -> Result<(), serde_json::Error> {
/// let login: Login = serde_json::from_str(r#"{ "name": "alice", "password": "correct horse battery" }"#)?;
/// assert!(login.password.equals("correct horse battery"));
/// # Ok(())
/// # }
/// ```
///
/// A type that holds one cannot derive `Debug` either:
///
/// ```compile_fail
/// #[derive(Debug)]
/// struct Login { name: String, password: secure_runtime::Secret<String> }
/// ```
///
/// # What it does not promise
///
/// Only this value is overwritten. Copies that were made on its way here are not: the bytes of the request's body in the
/// buffers of the server and of TLS, what a parser keeps while it reads (a text with escapes, a text that grows and moves,
/// a request that is read again to say what is wrong with it), and where the value lay before it was moved into place.
/// Nor are copies of what [`expose`](Self::expose) lends. A process that is killed, or whose memory is written to a swap
/// device or a core dump, overwrites nothing.
pub struct Secret<T: Zeroize>(Zeroizing<T>);

impl<T: Zeroize> Secret<T> {
    /// From here on it is secret.
    #[must_use]
    pub fn new(value: T) -> Self {
        Self(Zeroizing::new(value))
    }

    /// The value itself. Loud on purpose: search for it.
    #[must_use]
    pub fn expose(&self) -> &T {
        &self.0
    }
}

impl<T: Zeroize + AsRef<[u8]>> Secret<T> {
    /// Are they the same bytes? The time that it takes depends on how many there are, and not on what they are.
    ///
    /// The length is no secret: where it has to be, compare digests. A stored password is compared by its password hash,
    /// and not by this.
    #[must_use]
    pub fn equals(&self, other: impl AsRef<[u8]>) -> bool {
        verify_slices_are_equal(self.expose().as_ref(), other.as_ref()).is_ok()
    }
}

/// The parser's own error is not passed on: it may quote the value.
impl<'de, T: Zeroize + Deserialize<'de>> Deserialize<'de> for Secret<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = T::deserialize(deserializer);
        value
            .map(Self::new)
            .map_err(|_| D::Error::custom("a secret is missing or cannot be read"))
    }
}

impl<T: Zeroize + Input> Input for Secret<T> {
    fn check(&self, report: &mut Report<'_>) {
        self.expose().check(report);
    }

    fn inspect(node: &Node<'_>, report: &mut Report<'_>) {
        T::inspect(node, report);
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        never_shown(T::schema(generator))
    }
}

impl<T: Zeroize + JsonSchema> JsonSchema for Secret<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Secret_of_{}", T::schema_name()).into()
    }

    /// Not that of what it holds: the generator would take the one for the other.
    fn schema_id() -> Cow<'static, str> {
        format!("secure_runtime::Secret<{}>", T::schema_id()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        never_shown(generator.subschema_for::<T>())
    }
}

/// Says that a value is sent and never shown (JSON Schema Validation 2020-12 §9.4), and a text not even while it is typed.
fn never_shown(mut schema: Schema) -> Schema {
    let is_text = schema.get("type").is_some_and(|kind| match kind {
        Value::Array(kinds) => kinds.iter().any(|kind| kind == "string"),
        kind => kind == "string",
    });
    if is_text && schema.get("format").is_none() {
        schema.insert("format".to_owned(), json!("password"));
    }
    schema.insert("writeOnly".to_owned(), json!(true));
    schema
}

impl<T: Zeroize + Text> Text for Secret<T> {
    fn text(&self, glance: Glance) -> Option<&str> {
        self.expose().text(glance)
    }
}

impl<T: Zeroize + Length> Length for Secret<T> {
    fn within(&self, bounds: (usize, usize)) -> Result<(), garde::Error> {
        self.expose().within(bounds)
    }
}
