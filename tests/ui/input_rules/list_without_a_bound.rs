//! Whoever sends it decides how long it is.

use secure_runtime::input;

#[input]
struct Update {
    numbers: Vec<u32>,
}

fn main() {}
