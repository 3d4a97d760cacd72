use secure_runtime::input;

#[input]
struct Order {
    #[input(custom = is_even)]
    quantity: u32,
}

fn main() {}
