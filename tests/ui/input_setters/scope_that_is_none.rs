//! Not in the grammar of scopes.

use secure_runtime::input;

#[input]
struct Update {
    #[input(scope = "admin users")]
    value: Option<u32>,
}

fn main() {}
