//! Read as whatever fits.

use secure_runtime::input;

#[input]
#[serde(untagged)]
enum Id {
    Number(u32),
    Letter(char),
}

fn main() {}
