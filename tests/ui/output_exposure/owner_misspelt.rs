//! No such field.

use secure_runtime::output;

#[output(owner = "user_ids")]
struct Profile {
    #[expose]
    user_id: u32,
    #[expose(owner)]
    value: u32,
}

fn main() {}
