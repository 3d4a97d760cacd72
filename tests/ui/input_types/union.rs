//! A union cannot be read.

use secure_runtime::input;

#[input]
union Either {
    a: u32,
    b: f32,
}

fn main() {}
