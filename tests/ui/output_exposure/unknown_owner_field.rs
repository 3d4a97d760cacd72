use secure_runtime::output;

#[output(owner = "customer")]
struct User {
    #[expose]
    user_id: String,
    #[expose(owner)]
    email: String,
}

fn main() {}
