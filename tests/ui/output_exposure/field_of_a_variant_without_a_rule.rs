//! Nobody decided.

use secure_runtime::output;

#[output]
enum State {
    Active,
    Locked { by: String },
}

fn main() {}
