//! Nobody, and some.

use secure_runtime::input;

#[input]
struct Update {
    #[input(server, scope = "admin")]
    value: Option<u32>,
}

fn main() {}
