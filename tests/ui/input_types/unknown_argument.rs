//! The attribute takes one key.

use secure_runtime::input;

#[input(strict)]
struct Update {
    amount: u32,
}

fn main() {}
