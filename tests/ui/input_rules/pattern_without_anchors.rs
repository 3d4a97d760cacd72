//! Matches anywhere.

use secure_runtime::input;

#[input]
struct Update {
    #[input(length(max = 80), pattern = "[a-z]+")]
    value: String,
}

fn main() {}
