use secure_runtime::input;

#[input]
struct Order {
    quantity: u32,
    #[serde(skip)]
    paid: bool,
}

fn main() {}
