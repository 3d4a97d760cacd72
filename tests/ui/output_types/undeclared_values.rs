use std::collections::BTreeMap;

use secure_runtime::output;

struct Item {
    id: u32,
}

#[output]
struct Order {
    #[expose]
    items: BTreeMap<String, Item>,
}

fn main() {}
