use secure_runtime::input;

#[input]
struct Order {
    #[input(range(max = 1000))]
    quantity: u8,
}

fn main() {}
