//! The tag has nowhere to stand.

use secure_runtime::output;

#[output]
struct Card {
    #[expose]
    number: u64,
}

#[output]
#[serde(tag = "kind")]
enum Payment {
    Card(#[expose] Card),
}

fn main() {}
