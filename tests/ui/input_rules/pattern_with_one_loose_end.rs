//! An alternative without its anchor.

use secure_runtime::input;

#[input]
struct Update {
    #[input(length(max = 80), pattern = "^a|b$")]
    value: String,
}

fn main() {}
