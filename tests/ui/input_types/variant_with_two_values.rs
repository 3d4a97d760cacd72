//! Values of a variant without names.

use secure_runtime::input;

#[input]
enum Payment {
    Card(u64, u8),
}

fn main() {}
