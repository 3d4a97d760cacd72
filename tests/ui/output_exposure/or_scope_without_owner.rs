//! For whom does it stand in?

use secure_runtime::output;

#[output]
struct Profile {
    #[expose]
    user_id: u32,
    #[expose(or_scope = "admin")]
    value: u32,
}

fn main() {}
