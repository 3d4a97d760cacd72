//! A newtype of text is text.

use secure_runtime::input;

#[input]
struct Name(String);

fn main() {}
