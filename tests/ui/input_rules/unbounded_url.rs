use secure_runtime::input;

#[input]
struct Order {
    #[input(url)]
    callback: String,
}

fn main() {}
