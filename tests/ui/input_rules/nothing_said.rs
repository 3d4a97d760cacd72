//! An attribute without a rule.

use secure_runtime::input;

#[input]
struct Update {
    #[input]
    value: u32,
}

fn main() {}
