//! Which of them?

use secure_runtime::input;

#[input]
struct Update {
    #[input(length(max = 5), length(max = 6))]
    value: String,
}

fn main() {}
