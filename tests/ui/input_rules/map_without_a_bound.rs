//! A map has as many members as are sent.

use secure_runtime::input;

#[input]
struct Update {
    #[input(inner(length(max = 5)))]
    value: std::collections::HashMap<String, String>,
}

fn main() {}
