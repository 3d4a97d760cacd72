//! The attribute is for types.

use secure_runtime::input;

#[input]
fn update() {}

fn main() {}
