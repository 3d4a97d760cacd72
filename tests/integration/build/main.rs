//! Writes types with `#[output]`, at random from a fixed seed, and beside each what is expected of it as plain data. What
//! becomes of them is in `exposure_types.rs`.

mod declare;
mod exposure;
mod members;
mod names;
mod random;
mod write;

use std::io::{self, Write as _};
use std::path::PathBuf;

use declare::{Declared, declare};
use random::Random;

/// Another seed makes other types.
const SEED: u64 = 0x5eed_0fda_7a00;

/// How many types there are. Each is compiled, so more of them cost time.
const TYPES: usize = 60;

fn main() -> io::Result<()> {
    writeln!(io::stdout(), "cargo::rerun-if-changed=build")?;
    let mut random = Random::new(SEED);
    let mut types: Vec<Declared> = Vec::new();
    for index in 0..TYPES {
        let next = declare(index, &types, &mut random);
        types.push(next);
    }
    let folder = std::env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("no folder to write to"))?;
    std::fs::write(PathBuf::from(folder).join("exposed_types.rs"), write::module(&types))
}
