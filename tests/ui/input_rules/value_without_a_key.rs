//! What is 80?

use secure_runtime::input;

#[input]
struct Update {
    #[input(80)]
    value: u32,
}

fn main() {}
