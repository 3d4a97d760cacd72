//! Says with which settings trybuild's cargo builds: cargo hands what is said here to the tests when it runs them.

use std::io::{self, Write as _};

fn main() -> io::Result<()> {
    // trybuild builds some things with a width of messages and some without, and cargo builds everything once more for other
    // flags. So these are the flags of both; they stand above those that trybuild gives.
    let flags = ["--cfg=trybuild", "--verbose", "-Adead_code", "--diagnostic-width=140"].join("\x1f");
    // Its project is a workspace of its own, with no profile. Nobody debugs these programs, and each is kept.
    let profile = [("DEBUG", "0"), ("STRIP", "symbols")];
    let mut out = io::stdout();
    writeln!(out, "cargo::rerun-if-changed=compile/build.rs")?;
    writeln!(out, "cargo::rustc-env=CARGO_ENCODED_RUSTFLAGS={flags}")?;
    for (key, value) in profile {
        writeln!(out, "cargo::rustc-env=CARGO_PROFILE_DEV_{key}={value}")?;
    }
    Ok(())
}
