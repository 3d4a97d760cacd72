use secure_runtime::output;

#[output(ownr = "user_id")]
struct Order {
    #[expose]
    user_id: String,
}

fn main() {}
