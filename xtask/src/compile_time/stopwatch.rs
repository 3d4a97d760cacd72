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
    let before = children();
    let began = Instant::now();
    let output = clean_command(args).output();
    let wall = began.elapsed();
    let output = output.map_err(|error| format!("cargo did not start: {error}"))?;
    if !output.status.success() {
        return Err(first_errors(args, &String::from_utf8_lossy(&output.stderr)));
    }
    let cpu = children().zip(before);
    let cpu = cpu.and_then(|(after, before)| after.checked_sub(before));
    Ok(Cost { wall, cpu })
}

/// The cargo that runs us, without what concerns us: a target folder elsewhere, flags, the package that is built.
pub(crate) fn clean_command(args: &[&str]) -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(args).current_dir(workspace()).stdin(Stdio::null());
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_") && text != "CARGO_HOME" || text == "RUSTFLAGS" {
            command.env_remove(&name);
        }
    }
    command
}

/// What went wrong, without the same for 199 handlers more.
pub(crate) fn first_errors(args: &[&str], output: &str) -> String {
    let lines = output.lines().skip_while(|line| !line.starts_with("error"));
    let first: Vec<&str> = lines.take(20).collect();
    format!("`cargo {}` failed:\n{}", args.join(" "), first.join("\n"))
}

/// The CPU time of all children so far that were waited for, and of theirs (`proc_pid_stat(5)`: `cutime` and `cstime`).
fn children() -> Option<Duration> {
    /// In a second, whatever the kernel itself counts with.
    const TICKS: u64 = 100;
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The name before it may have spaces.
    let (_, fields) = stat.rsplit_once(") ")?;
    let mut fields = fields.split(' ').skip(13);
    let user: u64 = fields.next()?.parse().ok()?;
    let system: u64 = fields.next()?.parse().ok()?;
    Some(Duration::from_millis((user + system) * (1000 / TICKS)))
}
