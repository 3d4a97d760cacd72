use secure_runtime::input;

#[input]
struct Order {
    #[input(range())]
    quantity: u32,
}

fn main() {}
