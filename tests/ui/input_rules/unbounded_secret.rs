use secure_runtime::{Secret, input};

#[input]
struct Login {
    password: Secret<String>,
}

fn main() {}
