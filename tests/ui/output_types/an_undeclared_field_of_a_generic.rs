use secure_runtime::output;

struct Item {
    id: u32,
}

#[output]
struct Order<T> {
    #[expose]
    item: Item,
    #[expose]
    others: Vec<T>,
}

fn main() {}
