//! Nobody decided.

use secure_runtime::output;

#[output]
struct Profile {
    #[expose]
    name: String,
    email: String,
}

fn main() {}
