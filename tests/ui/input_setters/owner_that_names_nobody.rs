//! A truth names nobody.

use secure_runtime::input;

#[input]
struct Update {
    #[input(owner)]
    value: bool,
}

fn main() {}
