//! Nobody decided.

use secure_runtime::output;

#[output]
struct Email(String);

fn main() {}
