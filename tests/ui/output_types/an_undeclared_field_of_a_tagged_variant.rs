use secure_runtime::output;

struct Item {
    id: u32,
}

#[output]
#[serde(tag = "kind")]
enum Order {
    Of {
        #[expose]
        item: Item,
    },
    Nothing,
}

fn main() {}
