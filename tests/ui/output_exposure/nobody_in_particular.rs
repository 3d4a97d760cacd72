//! To whom?

use secure_runtime::output;

#[output]
struct Profile {
    #[expose]
    user_id: u32,
    #[expose()]
    value: u32,
}

fn main() {}
