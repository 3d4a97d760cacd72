use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The workspace's root.
pub(crate) fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().unwrap_or(manifest).to_owned()
}

/// Runs the cargo that runs us.
pub(crate) fn cargo(args: &[&str], env: &[(&str, &str)]) -> Result<(), String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    run(cargo, args, env)
}

/// Runs a command in the workspace's root; its output goes where ours goes.
pub(crate) fn run(program: impl AsRef<OsStr>, args: &[&str], env: &[(&str, &str)]) -> Result<(), String> {
    let mut command = Command::new(program);
    command.args(args).envs(env.iter().copied());
    succeed(command.current_dir(root()))
}

/// Runs a command; whatever it needs is set.
pub(crate) fn succeed(command: &mut Command) -> Result<(), String> {
    let args: Vec<_> = command.get_args().map(OsStr::to_string_lossy).collect();
    let line = format!("{} {}", command.get_program().to_string_lossy(), args.join(" "));
    let status = command
        .status()
        .map_err(|error| format!("`{line}` did not start: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("`{line}` ended with {status}"))
    }
}
