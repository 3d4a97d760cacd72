use secure_runtime::input;

#[input]
struct Order {
    #[input(owner = "user_id")]
    user_id: String,
}

fn main() {}
