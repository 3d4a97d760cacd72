use secure_runtime::output;

#[output]
struct User {
    #[expose]
    name: String,
    #[expose]
    #[serde(skip_serializing)]
    password_hash: String,
}

fn main() {}
