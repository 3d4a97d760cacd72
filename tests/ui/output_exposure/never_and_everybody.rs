use secure_runtime::output;

#[output]
struct User {
    #[expose]
    #[expose(never)]
    password_hash: String,
}

fn main() {}
