//! A text lies nowhere.

use secure_runtime::input;

#[input]
struct Update {
    #[input(length(max = 5), pattern = "^a$", inner(range(max = 5)))]
    value: String,
}

fn main() {}
