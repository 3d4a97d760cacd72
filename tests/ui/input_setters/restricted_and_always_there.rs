//! Those who may not set it cannot leave it out.

use secure_runtime::input;

#[input]
struct Update {
    #[input(scope = "admin")]
    value: u32,
}

fn main() {}
