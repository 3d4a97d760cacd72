use secure_runtime::input;

struct Item {
    id: u32,
}

#[input]
struct Order<T> {
    item: Item,
    note: T,
    #[input(length(max = 10))]
    others: Vec<T>,
}

fn main() {}
