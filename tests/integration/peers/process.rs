//! A program beside the test: started, listened to, killed.

use std::io::{BufRead as _, BufReader, ErrorKind, Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How long a peer may take for what it is asked, on a machine that has other things to do.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// As much of what a program printed as a failure shows, in bytes.
const SHOWN: usize = 2 * 1024;

/// A running program. It is killed when this is dropped; what it printed is in the messages of failures.
pub(crate) struct Process {
    name: &'static str,
    child: Child,
    input: Option<ChildStdin>,
    lines: Receiver<String>,
    printed: Arc<Mutex<String>>,
}

impl Process {
    /// Starts it with an input and outputs that are ours. `install` is the line to type where the program is missing.
    pub(crate) fn start(name: &'static str, command: &mut Command, install: &str) -> Self {
        let command = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap_or_else(|error| {
            let missing = error.kind() == ErrorKind::NotFound;
            let help = if missing {
                format!(": install it by `{install}`")
            } else {
                String::new()
            };
            panic!("{name} does not start: {error}{help}")
        });
        let (sender, lines) = channel();
        let printed = Arc::default();
        listen(child.stdout.take().unwrap(), Arc::clone(&printed), Some(sender));
        listen(child.stderr.take().unwrap(), Arc::clone(&printed), None);
        let input = child.stdin.take();
        Self {
            name,
            child,
            input,
            lines,
            printed,
        }
    }

    /// Writes a line to its input.
    pub(crate) fn write(&mut self, line: &str) {
        let input = self.input.as_mut().unwrap();
        if let Err(error) = writeln!(input, "{line}") {
            panic!("{} reads nothing: {error}{}", self.name, self.printed());
        }
    }

    /// The next line of its output.
    pub(crate) fn line(&self) -> String {
        self.lines.recv_timeout(PATIENCE).unwrap_or_else(|_| {
            let name = self.name;
            panic!("{name} has not printed what was awaited{}", self.printed())
        })
    }

    /// Waits for a line of its output with this text in it; false if it ends before.
    pub(crate) fn prints(&self, text: &str) -> bool {
        loop {
            match self.lines.recv_timeout(PATIENCE) {
                Ok(line) if line.contains(text) => return true,
                Ok(_) => {}
                Err(RecvTimeoutError::Disconnected) => return false,
                Err(RecvTimeoutError::Timeout) => {
                    panic!("{} has not printed {text:?}{}", self.name, self.printed())
                }
            }
        }
    }

    /// Ends it as a power cut would (`kill -9`), and waits until it is gone.
    pub(crate) fn kill(&mut self) {
        // It may have ended by itself, which comes to the same.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// What it printed, for messages.
    pub(crate) fn printed(&self) -> String {
        let printed = self.printed.lock().unwrap_or_else(PoisonError::into_inner);
        let start = printed.ceil_char_boundary(printed.len().saturating_sub(SHOWN));
        format!("\n--- {} printed:\n{}\n---", self.name, &printed[start..])
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
        // A test that fails for what a peer did is read with what the peer said.
        if std::thread::panicking() {
            eprintln!("{}", self.printed());
        }
    }
}

/// Reads to the end, so that the program never waits for us.
fn listen(output: impl Read + Send + 'static, printed: Arc<Mutex<String>>, lines: Option<Sender<String>>) {
    std::thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            let mut printed = printed.lock().unwrap_or_else(PoisonError::into_inner);
            if printed.len() > 64 * SHOWN {
                printed.clear();
            }
            printed.push_str(&line);
            printed.push('\n');
            drop(printed);
            if let Some(lines) = &lines {
                let _ = lines.send(line);
            }
        }
    });
}

/// A folder that was not there before, and is not there afterwards.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("secure-{name}-{}-{number}", std::process::id()));
        // One of an earlier process that had this number.
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A port of the loopback interface that nobody listens on. Somebody may take it before the peer does: start again then.
pub(crate) fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}
