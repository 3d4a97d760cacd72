//! The list is bounded, what is in it is not.

use secure_runtime::input;

#[input]
struct Update {
    #[input(length(max = 5))]
    value: Vec<String>,
}

fn main() {}
