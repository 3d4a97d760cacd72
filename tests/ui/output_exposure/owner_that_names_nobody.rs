//! A truth names nobody.

use secure_runtime::output;

#[output(owner = "open")]
struct Profile {
    #[expose]
    open: bool,
    #[expose(owner)]
    value: u32,
}

fn main() {}
