use secure_runtime::input;

struct Item {
    id: u32,
}

#[input]
#[serde(tag = "kind")]
enum Order {
    Of { item: Item },
    Nothing {},
}

fn main() {}
