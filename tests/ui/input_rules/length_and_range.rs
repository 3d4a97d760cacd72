//! Nothing has both.

use secure_runtime::input;

#[input]
struct Update {
    #[input(length(max = 80), range(max = 5))]
    value: String,
}

fn main() {}
