//! Not in the grammar of scopes.

use secure_runtime::output;

#[output]
struct Profile {
    #[expose]
    user_id: u32,
    #[expose(scope = "a &")]
    value: u32,
}

fn main() {}
