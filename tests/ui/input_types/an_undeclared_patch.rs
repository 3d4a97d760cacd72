use secure_runtime::{Patch, input};

struct Item {
    id: u32,
}

#[input]
struct Order {
    item: Patch<Item>,
}

fn main() {}
