//! What is read is another type.

use secure_runtime::input;

#[input]
#[serde(from = "u32")]
struct Update {
    amount: u32,
}

impl From<u32> for Update {
    fn from(amount: u32) -> Self {
        Self { amount }
    }
}

fn main() {}
