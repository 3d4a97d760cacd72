//! One name to read, another to write.

use secure_runtime::input;

#[input]
struct Update {
    #[serde(rename(deserialize = "a", serialize = "b"))]
    amount: u32,
}

fn main() {}
