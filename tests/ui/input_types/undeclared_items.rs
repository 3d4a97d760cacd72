use secure_runtime::input;

#[derive(serde::Deserialize)]
struct Item {
    id: u32,
}

#[input]
struct Order {
    #[input(length(max = 10))]
    items: Vec<Item>,
}

fn main() {}
