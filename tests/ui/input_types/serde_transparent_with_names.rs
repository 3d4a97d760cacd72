use secure_runtime::input;

#[input]
#[serde(transparent)]
struct Order {
    quantity: u32,
}

fn main() {}
