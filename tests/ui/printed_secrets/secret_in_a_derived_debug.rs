use secure_runtime::Secret;

#[derive(Debug)]
struct Login {
    name: String,
    password: Secret<String>,
}

fn main() {}
