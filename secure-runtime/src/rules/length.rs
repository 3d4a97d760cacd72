//! `length(min = 1, max = 80)`: characters (Unicode scalar values) of a text, items of a list or map. JSON Schema counts
//! alike.

use std::collections::{BTreeMap, HashMap};

use garde::rules::length::{chars, simple};
use schemars::Schema;
use serde_json::json;

use super::text::{Glance, Text};
use crate::Report;
use crate::input::Patch;

/// What has a length.
#[diagnostic::on_unimplemented(
    message = "`length` is for text, lists and maps, and `{Self}` is none of them",
    label = "this value has no length",
    note = "help: for a number write `range(max = …)`; a type of your own has its rules where it is declared",
    note = "see [S028] in the book's error index"
)]
pub trait Length {
    /// Nothing is wrong where there is no value.
    ///
    /// # Errors
    ///
    /// What is wrong.
    fn within(&self, bounds: (usize, usize)) -> Result<(), garde::Error>;
}

macro_rules! texts {
    ($($ty:ty)*) => { $(
        impl Length for $ty {
            fn within(&self, bounds: (usize, usize)) -> Result<(), garde::Error> {
                self.text(Glance::of_a_rule()).map_or(Ok(()), |text| chars::apply(&text.to_owned(), bounds))
            }
        }
    )* };
}

texts!(String Box<str>);

impl<T> Length for Vec<T> {
    fn within(&self, bounds: (usize, usize)) -> Result<(), garde::Error> {
        simple::apply(&self.as_slice(), bounds)
    }
}

impl<T> Length for HashMap<String, T> {
    fn within(&self, bounds: (usize, usize)) -> Result<(), garde::Error> {
        simple::apply(self, bounds)
    }
}

impl<T> Length for BTreeMap<String, T> {
    fn within(&self, bounds: (usize, usize)) -> Result<(), garde::Error> {
        simple::apply(self, bounds)
    }
}

impl<T: Length> Length for Box<T> {
    fn within(&self, bounds: (usize, usize)) -> Result<(), garde::Error> {
        T::within(self, bounds)
    }
}

impl<T: Length> Length for Option<T> {
    fn within(&self, bounds: (usize, usize)) -> Result<(), garde::Error> {
        self.as_ref().map_or(Ok(()), |value| value.within(bounds))
    }
}

impl<T: Length> Length for Patch<T> {
    fn within(&self, bounds: (usize, usize)) -> Result<(), garde::Error> {
        self.value().map_or(Ok(()), |value| value.within(bounds))
    }
}

/// Checks it.
pub fn check<T: Length>(value: &T, min: Option<usize>, max: Option<usize>, report: &mut Report<'_>) {
    let bounds = (min.unwrap_or(0), max.unwrap_or(usize::MAX));
    super::settle(value.within(bounds), "length", report);
}

/// Shows it.
pub fn schema(min: Option<usize>, max: Option<usize>) -> impl Fn(&mut Schema) {
    move |schema| {
        let is = |kind: &str| {
            let named = |value: &serde_json::Value| match value {
                serde_json::Value::String(name) => name == kind,
                serde_json::Value::Array(names) => names.iter().any(|name| name == kind),
                _ => false,
            };
            // Where the type stands behind a reference, the keyword that does not concern it says nothing.
            schema.get("type").is_none_or(named)
        };
        let kinds = [("string", "Length"), ("array", "Items"), ("object", "Properties")];
        let counted: Vec<&str> = kinds
            .iter()
            .filter(|(kind, _)| is(kind))
            .map(|(_, unit)| *unit)
            .collect();
        for unit in counted {
            if let Some(min) = min {
                super::schema::add(schema, &format!("min{unit}"), json!(min));
            }
            if let Some(max) = max {
                super::schema::add(schema, &format!("max{unit}"), json!(max));
            }
        }
    }
}
