use secure_runtime::output;

#[derive(serde::Serialize)]
struct Item {
    id: u32,
}

#[output]
struct Order {
    #[expose(scope = "admin")]
    item: Item,
}

fn main() {}
