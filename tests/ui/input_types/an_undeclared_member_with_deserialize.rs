use secure_runtime::input;

#[derive(serde::Deserialize)]
struct Item {
    id: u32,
}

#[input]
struct Order {
    item: Item,
}

fn main() {}
