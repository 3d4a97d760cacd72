//! Unknown members would pass.

use secure_runtime::input;

#[input]
#[serde(tag = "kind")]
enum Payment {
    Cash,
    Card { number: u64 },
}

fn main() {}
