//! Nothing is that long.

use secure_runtime::input;

#[input]
struct Update {
    #[input(length(min = 5, max = 4))]
    value: String,
}

fn main() {}
