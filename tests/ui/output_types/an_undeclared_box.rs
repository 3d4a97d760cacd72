use secure_runtime::output;

struct Item {
    id: u32,
}

#[output]
struct Order {
    #[expose(role = "support")]
    item: Box<Item>,
}

fn main() {}
