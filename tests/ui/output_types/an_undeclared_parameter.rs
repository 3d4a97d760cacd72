use secure_runtime::output;

struct Item {
    id: u32,
}

#[output]
struct Counted<T> {
    #[expose]
    counted: T,
}

#[output]
struct Order {
    #[expose]
    item: Counted<Item>,
}

fn main() {}
