use secure_runtime::input;

#[input(crate = 5)]
struct Order {
    quantity: u32,
}

fn main() {}
