use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::crates::workspace;

/// What a command took.
#[derive(Clone, Copy)]
pub(crate) struct Cost {
    pub(crate) wall: Duration,
    /// In user and system mode, of the command and of all that it started. `None` where the system does not say.
    pub(crate) cpu: Option<Duration>,
}

/// Runs cargo in the generated workspace, in silence.
pub(crate) fn cargo(args: &[&str]) -> Result<Cost, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(args).current_dir(workspace()).stdin(Stdio::null());
    // Of whoever runs us, and not of what is measured: a target folder elsewhere, flags, the package that is built.
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_") && text != "CARGO_HOME" || text == "RUSTFLAGS" {
            command.env_remove(&name);
        }
    }
    let before = children();
    let began = Instant::now();
    let output = command
        .output()
        .map_err(|error| format!("cargo did not start: {error}"))?;
    let wall = began.elapsed();
    if !output.status.success() {
        let text = String::from_utf8_lossy(&output.stderr);
        let first: Vec<&str> = text
            .lines()
            .skip_while(|line| !line.starts_with("error"))
            .take(20)
            .collect();
        return Err(format!("`cargo {}` failed:\n{}", args.join(" "), first.join("\n")));
    }
    let cpu = children()
        .zip(before)
        .and_then(|(after, before)| after.checked_sub(before));
    Ok(Cost { wall, cpu })
}

/// The CPU time of all children so far that were waited for, and theirs (`proc_pid_stat(5)`: `cutime` and `cstime`).
fn children() -> Option<Duration> {
    /// In a second, whatever the kernel counts with.
    const TICKS: u64 = 100;
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The name before it may have spaces.
    let (_, fields) = stat.rsplit_once(") ")?;
    let mut fields = fields.split(' ').skip(13);
    let user: u64 = fields.next()?.parse().ok()?;
    let system: u64 = fields.next()?.parse().ok()?;
    Some(Duration::from_millis((user + system) * (1000 / TICKS)))
}
