//! Takes every member that is left over.

use secure_runtime::input;

#[input]
struct Page {
    limit: u32,
    #[serde(flatten)]
    sort: Sort,
}

#[input]
struct Sort {
    up: bool,
}

fn main() {}
