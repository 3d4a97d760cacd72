use secure_runtime::{Patch, input};

#[input]
struct Order {
    note: Patch<String>,
}

fn main() {}
