//! A secret has no text.

use secure_runtime::Secret;

fn show(password: Secret<String>) -> String {
    format!("{password:?}")
}

fn main() {}
