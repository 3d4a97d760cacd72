//! No text is both.

use secure_runtime::input;

#[input]
struct Update {
    #[input(length(max = 80), email, url)]
    value: String,
}

fn main() {}
