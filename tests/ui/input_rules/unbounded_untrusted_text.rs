use secure_runtime::{Untrusted, input};

#[input]
struct Order {
    note: Untrusted,
}

fn main() {}
