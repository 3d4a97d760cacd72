use secure_runtime::input;

#[input]
struct Order {
    #[input(inner(range(max = 80)))]
    quantity: u32,
}

fn main() {}
