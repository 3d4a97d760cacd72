use std::collections::BTreeMap;

use secure_runtime::input;

struct Item {
    id: u32,
}

#[input]
struct Order {
    #[input(length(max = 10))]
    items: BTreeMap<String, Item>,
}

fn main() {}
