//! Not an expression.

use secure_runtime::input;

#[input]
struct Update {
    #[input(pattern = "^[a-z$")]
    value: String,
}

fn main() {}
