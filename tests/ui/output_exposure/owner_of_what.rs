//! Nothing says whose it is.

use secure_runtime::output;

#[output]
struct Profile {
    #[expose]
    user_id: u32,
    #[expose(owner)]
    value: u32,
}

fn main() {}
