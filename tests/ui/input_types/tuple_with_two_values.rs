//! Values without names.

use secure_runtime::input;

#[input]
struct Pair(u32, u32);

fn main() {}
