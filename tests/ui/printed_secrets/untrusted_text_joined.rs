//! Text from outside goes nowhere as it is.

use secure_runtime::Untrusted;

fn query(name: Untrusted) -> String {
    "SELECT * FROM users WHERE name = '".to_owned() + &name
}

fn main() {}
