//! What the expansions of `#[input]` and `#[output]` name. Not for use by hand.

pub use schemars;
pub use schemars::{JsonSchema, Schema, SchemaGenerator};
pub use serde;
pub use serde::Deserialize;
pub use serde::ser::{Serialize, SerializeStruct, SerializeStructVariant, SerializeTupleVariant, Serializer};

pub use crate::input::{Derived, Input, Members, Name, Node, Parameter, Report, Ruled, Unruled};
pub use crate::json::{External, tagged};
pub use crate::output::{Audience, Output, Shown, Viewer, shown};
