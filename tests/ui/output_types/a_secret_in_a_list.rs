use secure_runtime::{Secret, output};

#[output]
struct User {
    #[expose]
    keys: Vec<Secret<String>>,
}

fn main() {}
