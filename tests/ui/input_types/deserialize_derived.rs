//! The attribute derives it.

use secure_runtime::input;

#[input]
#[derive(Debug, serde::Deserialize)]
struct Update {
    amount: u32,
}

fn main() {}
