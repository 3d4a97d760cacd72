//! Nobody, and some.

use secure_runtime::output;

#[output]
struct Profile {
    #[expose]
    user_id: u32,
    #[expose(never, scope = "admin")]
    value: u32,
}

fn main() {}
