//! The key stands alone.

use secure_runtime::input;

#[input]
struct Update {
    #[input(server = true)]
    value: u32,
}

fn main() {}
