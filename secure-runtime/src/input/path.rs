use axum::extract::{FromRequestParts as _, Path, RawPathParams};
use futures_util::FutureExt as _;
use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::Intake;
use super::read::has_whole_escapes;
use super::refusals::malformed;
use crate::Problem;

/// The path's parameters, decoded once.
pub(crate) fn parameters(intake: &mut Intake<'_>) -> Result<RawPathParams, Problem> {
    let read = RawPathParams::from_request_parts(intake.parts, &()).now_or_never();
    let read = read.ok_or_else(|| Problem::broken("an extractor of axum waits where it did not before"))?;
    read.map_err(|_| malformed("the path is not of the form that this endpoint expects"))
}

/// `/users//profile` names nobody, where axum finds an empty name; and `%zz` is not whole, where axum takes it as it is.
pub(crate) fn no_empty_part(intake: &mut Intake<'_>) -> Result<(), Problem> {
    if !has_whole_escapes(intake.parts.uri.path()) {
        return Err(malformed("an escape in the path is not whole"));
    }
    // Read where it lies. What cannot be read like this is refused by who reads it next.
    let read = Path::<Parts>::from_request_parts(intake.parts, &()).now_or_never();
    if let Some(Ok(Path(Parts { has_empty: true }))) = read {
        return Err(malformed("a part of the path is empty"));
    }
    Ok(())
}

/// What is looked at in the parameters of a path.
struct Parts {
    has_empty: bool,
}

impl<'de> Deserialize<'de> for Parts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Each;

        impl<'de> Visitor<'de> for Each {
            type Value = Parts;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("the parameters of a path")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Parts, A::Error> {
                let mut has_empty = false;
                while let Some(value) = parts.next_element::<&str>()? {
                    has_empty |= value.is_empty();
                }
                Ok(Parts { has_empty })
            }
        }

        deserializer.deserialize_seq(Each)
    }
}
