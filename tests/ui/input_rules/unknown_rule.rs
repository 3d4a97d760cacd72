//! A misspelt rule.

use secure_runtime::input;

#[input]
struct Update {
    #[input(lenght(max = 5))]
    value: String,
}

fn main() {}
