use secure_runtime::input;

#[input]
struct Order {
    #[input(required)]
    quantity: u32,
}

fn main() {}
