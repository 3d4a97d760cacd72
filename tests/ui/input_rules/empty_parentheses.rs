use secure_runtime::input;

#[input]
struct Order {
    #[input()]
    quantity: u32,
}

fn main() {}
