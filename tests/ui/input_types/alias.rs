//! A second name for a member.

use secure_runtime::input;

#[input]
struct Update {
    #[serde(alias = "admin")]
    verified: bool,
}

fn main() {}
