//! A misspelt key.

use secure_runtime::output;

#[output]
struct Profile {
    #[expose]
    user_id: u32,
    #[expose(scop = "admin")]
    value: u32,
}

fn main() {}
