//! Not a whole number.

use secure_runtime::input;

#[input]
struct Update {
    #[input(length(max = "80"))]
    value: String,
}

fn main() {}
