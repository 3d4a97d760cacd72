use secure_runtime::input;

#[input]
struct Order {
    #[input(server, owner)]
    user_id: String,
}

fn main() {}
