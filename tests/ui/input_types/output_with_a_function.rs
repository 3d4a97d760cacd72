//! Writes something else than the field.

use secure_runtime::output;

#[output]
struct Page {
    #[expose]
    #[serde(serialize_with = "show")]
    total: u32,
}

fn main() {}
