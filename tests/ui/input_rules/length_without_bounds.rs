//! A length of anything.

use secure_runtime::input;

#[input]
struct Update {
    #[input(length)]
    value: String,
}

fn main() {}
