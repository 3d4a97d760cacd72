//! What it must be, and who may say so.

use secure_runtime::input;

#[input]
struct Update {
    #[input(owner, role = "clerk")]
    value: u32,
}

fn main() {}
