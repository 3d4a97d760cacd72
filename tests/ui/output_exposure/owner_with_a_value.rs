use secure_runtime::output;

#[output(owner = "user_id")]
struct User {
    #[expose]
    user_id: String,
    #[expose(owner = "user_id")]
    email: String,
}

fn main() {}
