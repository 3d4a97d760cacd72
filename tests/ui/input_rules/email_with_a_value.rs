use secure_runtime::input;

#[input]
struct Order {
    #[input(email = true)]
    contact: String,
}

fn main() {}
