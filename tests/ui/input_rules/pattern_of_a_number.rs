//! A number is no text.

use secure_runtime::input;

#[input]
struct Update {
    #[input(pattern = "^[0-9]{1,3}$")]
    value: u32,
}

fn main() {}
