//! The rules of inputs: each is checked, and shown in the JSON Schema, from one place. `#[input]` calls them.
//!
//! What is checked is what garde checks, in linear time. What is shown is JSON Schema 2020-12, and says the same: a test
//! holds the two together on made-up values.

pub mod access;
pub mod custom;
pub mod email;
pub mod inner;
pub mod length;
pub mod pattern;
pub mod range;
pub mod url;

mod schema;
mod text;

pub use access::{Presence, Setters};
pub use inner::Inner;
pub use length::Length;
pub use range::Number;
pub use text::{Glance, Text};

use crate::Report;

/// Reports what garde says.
fn settle(outcome: Result<(), garde::Error>, rule: &'static str, report: &mut Report<'_>) {
    if let Err(error) = outcome {
        report.breaks(rule, error.to_string());
    }
}
