//! An option of text is text.

use secure_runtime::input;

#[input]
struct Update {
    name: Option<String>,
}

fn main() {}
