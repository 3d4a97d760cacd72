//! Which of them?

use secure_runtime::output;

#[output]
struct Profile {
    #[expose]
    user_id: u32,
    #[expose]
    #[expose(never)]
    value: u32,
}

fn main() {}
