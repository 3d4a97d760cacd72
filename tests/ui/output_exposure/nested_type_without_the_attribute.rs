//! Nothing says who sees what is in it.

use secure_runtime::output;

struct Address {
    #[allow(dead_code)]
    street: String,
}

#[output]
struct Profile {
    #[expose]
    address: Address,
}

fn main() {}
