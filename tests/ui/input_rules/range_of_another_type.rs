use secure_runtime::input;

#[input]
struct Order {
    #[input(range(max = 10.5))]
    quantity: u32,
}

fn main() {}
