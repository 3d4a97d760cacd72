use secure_runtime::input;

#[input]
struct Order {
    #[cfg_attr(all(), input(range(max = 10)))]
    quantity: u32,
}

fn main() {}
