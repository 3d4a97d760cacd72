use secure_runtime::input;

#[input]
struct Order {
    #[input(server, range(max = 5))]
    price: u32,
}

fn main() {}
