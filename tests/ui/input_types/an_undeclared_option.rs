use secure_runtime::input;

struct Item {
    id: u32,
}

#[input]
struct Order {
    item: Option<Item>,
}

fn main() {}
