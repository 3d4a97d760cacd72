use secure_runtime::input;

struct Item {
    id: u32,
}

#[input]
enum Order {
    Of { item: Item, count: u8 },
    Nothing {},
}

fn main() {}
