//! No number lies there.

use secure_runtime::input;

#[input]
struct Update {
    #[input(range(min = 1, max = -1))]
    value: i32,
}

fn main() {}
