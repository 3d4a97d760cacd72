//! Nothing to call.

use secure_runtime::input;

#[input]
struct Update {
    #[input(custom)]
    value: u32,
}

fn main() {}
