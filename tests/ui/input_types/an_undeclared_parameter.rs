use secure_runtime::input;

struct Item {
    id: u32,
}

#[input]
struct Counted<T> {
    counted: T,
    count: u8,
}

#[input]
struct Order {
    item: Counted<Item>,
}

fn main() {}
