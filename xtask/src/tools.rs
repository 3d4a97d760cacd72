use std::path::PathBuf;

use crate::run::{cargo, root};

/// A program of this version from the registry, which is installed into `target/tools` if it is not there.
pub(crate) fn tool(name: &str, version: &str, options: &[&str]) -> Result<PathBuf, String> {
    let folder = root().join("target/tools").join(format!("{name}-{version}"));
    let program = folder.join("bin").join(name);
    if !program.exists() {
        let folder = folder.to_string_lossy();
        let mut args = vec!["install", name, "--version", version, "--locked", "--root", &folder];
        args.extend(options);
        cargo(&args, &[])?;
    }
    Ok(program)
}
