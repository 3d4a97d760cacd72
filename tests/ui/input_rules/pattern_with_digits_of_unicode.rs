//! Another set of digits in JSON Schema.

use secure_runtime::input;

#[input]
struct Update {
    #[input(pattern = "^\\d{4}$")]
    value: String,
}

fn main() {}
