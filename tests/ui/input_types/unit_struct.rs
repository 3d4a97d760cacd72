//! Nothing that could come in.

use secure_runtime::input;

#[input]
struct Nothing;

fn main() {}
