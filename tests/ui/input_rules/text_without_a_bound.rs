//! Whoever sends it decides how long it is.

use secure_runtime::input;

#[input]
struct Update {
    name: String,
}

fn main() {}
