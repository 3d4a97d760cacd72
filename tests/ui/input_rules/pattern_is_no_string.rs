use secure_runtime::input;

#[input]
struct Order {
    #[input(pattern = 5)]
    code: String,
}

fn main() {}
