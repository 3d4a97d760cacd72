use secure_runtime::input;

struct Item {
    id: u32,
}

#[input]
struct Order {
    item: Box<Item>,
}

fn main() {}
