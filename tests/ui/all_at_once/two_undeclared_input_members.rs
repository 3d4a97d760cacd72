use secure_runtime::input;

struct Item {
    id: u32,
}

struct Address {
    street: u32,
}

#[input]
struct Order {
    item: Item,
    from: Option<Address>,
}

fn main() {}
