use secure_runtime::input;

#[input]
struct Order {
    #[cfg_attr(all(), serde(alias = "amount"))]
    quantity: u32,
}

fn main() {}
