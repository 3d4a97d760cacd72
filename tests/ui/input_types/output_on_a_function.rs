//! The attribute is for types.

use secure_runtime::output;

#[output]
fn show() {}

fn main() {}
