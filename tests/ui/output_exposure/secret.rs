//! A secret does not leave.

use secure_runtime::{Secret, output};

#[output]
struct Profile {
    #[expose]
    password: Secret<String>,
}

fn main() {}
