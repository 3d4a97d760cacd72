//! The request is gone when the handler runs.

use secure_runtime::input;

#[input]
struct Update<'r> {
    #[input(length(max = 10))]
    name: &'r str,
}

fn main() {}
