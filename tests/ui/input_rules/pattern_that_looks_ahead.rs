//! Not in linear time.

use secure_runtime::input;

#[input]
struct Update {
    #[input(length(max = 9), pattern = "^(?=a)a$")]
    value: String,
}

fn main() {}
