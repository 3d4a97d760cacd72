use secure_runtime::output;

struct Item {
    id: u32,
}

#[output]
struct Order {
    #[expose]
    item: Option<Item>,
}

fn main() {}
