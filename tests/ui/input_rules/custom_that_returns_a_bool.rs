use secure_runtime::input;

#[input]
struct Order {
    #[input(custom = is_even)]
    quantity: u32,
}

fn is_even(quantity: &u32) -> bool {
    quantity % 2 == 0
}

fn main() {}
