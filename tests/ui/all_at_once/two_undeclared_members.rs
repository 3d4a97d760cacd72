use secure_runtime::output;

struct Item {
    id: u32,
}

struct Price {
    net: u32,
}

#[output]
struct Order {
    #[expose]
    items: Vec<Item>,
    #[expose]
    price: Price,
}

fn main() {}
