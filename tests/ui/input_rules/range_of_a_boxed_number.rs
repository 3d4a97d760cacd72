use secure_runtime::input;

#[input]
struct Order {
    #[input(range(max = 80))]
    quantity: Option<Box<u32>>,
}

fn main() {}
