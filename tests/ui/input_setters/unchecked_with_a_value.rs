use secure_runtime::input;

#[input]
struct Order {
    #[input(unchecked = true)]
    quantity: u32,
}

fn main() {}
