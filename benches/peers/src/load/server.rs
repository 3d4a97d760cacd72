use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

/// A server of one scenario, which ends with this.
pub(super) struct Server {
    process: Child,
    pub(super) url: String,
    pub(super) token: String,
}

impl Server {
    pub(super) fn start(name: &str) -> Result<Self, String> {
        let fault = |error: std::io::Error| format!("the server of {name}: {error}");
        let serve = std::env::current_exe().map_err(fault)?.with_file_name("serve");
        let mut process = Command::new(serve)
            .arg(name)
            // It ends when this does.
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(fault)?;
        let mut line = String::new();
        if let Some(output) = process.stdout.take() {
            BufReader::new(output).read_line(&mut line).map_err(fault)?;
        }
        let (url, token) = line
            .trim()
            .split_once(' ')
            .ok_or(format!("the server of {name} did not start"))?;
        Ok(Self {
            process,
            url: url.to_owned(),
            token: token.to_owned(),
        })
    }

    /// Microseconds of the processor that it took so far, all its threads together.
    pub(super) fn processor(&self) -> Result<f64, String> {
        let threads = fs::read_dir(self.proc("task")).map_err(|error| error.to_string())?;
        let mut nanos = 0.0;
        for thread in threads {
            let thread = thread.map_err(|error| error.to_string())?.path();
            // A thread may have ended since.
            let Ok(times) = fs::read_to_string(thread.join("schedstat")) else {
                continue;
            };
            let on_processor = times
                .split_whitespace()
                .next()
                .and_then(|nanos| nanos.parse::<f64>().ok());
            nanos += on_processor.ok_or_else(|| format!("`{times}` is no schedstat"))?;
        }
        Ok(nanos / 1000.0)
    }

    /// Bytes in memory, at most so far.
    pub(super) fn memory(&self) -> Result<u64, String> {
        let status = fs::read_to_string(self.proc("status")).map_err(|error| error.to_string())?;
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = peak.and_then(|peak| peak.trim().strip_suffix(" kB")?.parse::<u64>().ok());
        kilobytes
            .map(|kilobytes| kilobytes * 1024)
            .ok_or_else(|| "no VmHWM".to_owned())
    }

    fn proc(&self, what: &str) -> String {
        format!("/proc/{}/{what}", self.process.id())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        if let Err(error) = self.process.wait() {
            eprintln!("a server did not end: {error}");
        }
    }
}
