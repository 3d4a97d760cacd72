//! A value without a name cannot be left out.

use secure_runtime::output;

#[output]
struct Email(#[expose(scope = "admin")] String);

fn main() {}
