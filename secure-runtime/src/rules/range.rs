//! `range(min = 1, max = 100)`: a number from the one to the other, both included.

use garde::rules::range::{Bounds, apply};
use schemars::Schema;
use serde::Serialize;
use serde_json::json;

use crate::Report;
use crate::input::Patch;

/// A number, if it is there.
#[diagnostic::on_unimplemented(
    message = "`range` is for numbers, and `{Self}` is none",
    label = "this value is no number",
    note = "help: for text and lists write `length(max = …)`; a type of your own has its rules where it is declared",
    note = "see [S028] in the book's error index"
)]
pub trait Number {
    /// Its type.
    type Value: Bounds<Size = Self::Value> + Copy + Serialize;

    /// `None` where there is none to check.
    fn number(&self) -> Option<Self::Value>;
}

macro_rules! numbers {
    ($($ty:ty)*) => { $(
        impl Number for $ty {
            type Value = Self;

            fn number(&self) -> Option<Self> {
                Some(*self)
            }
        }
    )* };
}

numbers!(u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64);

impl<T: Number> Number for Option<T> {
    type Value = T::Value;

    fn number(&self) -> Option<T::Value> {
        self.as_ref().and_then(T::number)
    }
}

impl<T: Number> Number for Patch<T> {
    type Value = T::Value;

    fn number(&self) -> Option<T::Value> {
        self.value().and_then(T::number)
    }
}

/// Checks it.
pub fn check<T: Number>(value: &T, min: Option<T::Value>, max: Option<T::Value>, report: &mut Report<'_>) {
    if let Some(number) = value.number() {
        super::settle(apply(&number, (min, max)), "range", report);
    }
}

/// Shows it.
pub fn schema<T: Number>(min: Option<T::Value>, max: Option<T::Value>) -> impl Fn(&mut Schema) {
    move |schema| {
        // A narrower bound takes the place of the one that the type itself has, as 0 for `u32`.
        if let Some(min) = min {
            schema.insert("minimum".to_owned(), json!(min));
        }
        if let Some(max) = max {
            schema.insert("maximum".to_owned(), json!(max));
        }
    }
}
