//! Other characters in JSON Schema.

use secure_runtime::input;

#[input]
struct Update {
    #[input(pattern = "^.{1,9}$")]
    value: String,
}

fn main() {}
