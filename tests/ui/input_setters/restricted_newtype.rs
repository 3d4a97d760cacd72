//! A value without a name cannot be left out.

use secure_runtime::input;

#[input]
struct Role(#[input(scope = "admin")] u32);

fn main() {}
