//! Nothing says what it must look like.

use secure_runtime::input;

struct Address {
    #[allow(dead_code)]
    street: String,
}

#[input]
struct Update {
    address: Address,
}

fn main() {}
