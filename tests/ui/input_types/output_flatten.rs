//! Writes the members of another type.

use secure_runtime::output;

#[output]
struct Page {
    #[expose]
    #[serde(flatten)]
    total: u32,
}

fn main() {}
