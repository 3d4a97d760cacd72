use secure_runtime::input;

#[input]
struct Order {
    #[input(custom = |quantity| Ok(()))]
    quantity: u32,
}

fn main() {}
