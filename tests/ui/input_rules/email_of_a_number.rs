use secure_runtime::input;

#[input]
struct Order {
    #[input(email)]
    customer: u32,
}

fn main() {}
