//! A number has no length.

use secure_runtime::input;

#[input]
struct Update {
    #[input(length(max = 5))]
    value: u32,
}

fn main() {}
