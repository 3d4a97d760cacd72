use secure_runtime::input;

#[input]
struct Order {
    #[input(custom = is_even)]
    quantity: u32,
}

fn is_even(quantity: &u64) -> Result<(), &'static str> {
    if quantity % 2 == 0 { Ok(()) } else { Err("must be even") }
}

fn main() {}
