use std::fmt;
use std::io::{self, Write};
use std::mem;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, SystemTime};

use metrics::{Counter, counter};

/// `secure_audit_failures_total`: times that lines could not be written.
const FAILURES: &str = "secure_audit_failures_total";
/// `secure_audit_lines_lost_total`: lines for which there was no room.
const LOST: &str = "secure_audit_lines_lost_total";

/// How long a line waits for others, at most.
const PAUSE: Duration = Duration::from_millis(20);
/// So many bytes wait for no others.
const ENOUGH: usize = 64 * 1024;
/// With so many bytes that are not yet written, further lines are dropped and counted: requests do not wait for whoever writes.
const MOST: usize = 4 * 1024 * 1024;

/// Audit events as lines of JSON, written beside the `tracing` events: one for each request that reached a gate.
///
/// A line costs a request about a tenth of what it costs by way of `tracing`'s JSON. It is written by a thread of its own, 20 ms
/// later at most. When the process ends without dropping its application, call [`flush`](Self::flush) before, or those 20 ms
/// are lost.
///
/// Requests never wait for it. Where lines are written more slowly than they come, up to 4 MiB wait, and what comes then is lost, but
/// not in silence: `secure_audit_lines_lost_total` counts it, and the next line that is written says how many are missing before
/// it. What cannot be written is told by an error event under `secure::audit`, and `secure_audit_failures_total` counts how often.
///
/// ```no_run
/// # fn security(jwt: secure_runtime::jwt::Jwt) -> std::io::Result<()> {
/// use secure_runtime::{AuditLines, Security};
///
/// let file = std::fs::OpenOptions::new().append(true).create(true).open("audit.jsonl")?;
/// let security = Security::builder(jwt).audit_lines(AuditLines::to(file)?);
/// # Ok(())
/// # }
/// ```
///
/// Its clones write to the same place.
#[derive(Clone)]
pub struct AuditLines(Arc<Queue>);

struct Queue {
    shared: Arc<Shared>,
    writer: Option<JoinHandle<()>>,
}

struct Shared {
    lines: Mutex<Lines>,
    /// There is something for the writer to do.
    work: Condvar,
    /// Something was written.
    written: Condvar,
}

#[derive(Default)]
struct Lines {
    waiting: Vec<u8>,
    /// How many came after those that wait, and found no room.
    lost: u64,
    /// The writer has lines that stand nowhere else.
    writing: bool,
    /// Somebody waits until there are none.
    hurry: bool,
    closed: bool,
}

impl AuditLines {
    /// Writes to a file, a pipe, a socket or standard output.
    ///
    /// # Errors
    ///
    /// If the system has no thread for it.
    pub fn to(destination: impl Write + Send + 'static) -> io::Result<Self> {
        let shared = Arc::new(Shared {
            lines: Mutex::default(),
            work: Condvar::new(),
            written: Condvar::new(),
        });
        let of_writer = Arc::clone(&shared);
        let writer = thread::Builder::new().name("audit-lines".to_owned());
        let writer = writer.spawn(move || of_writer.write_to(destination))?;
        Ok(Self(Arc::new(Queue {
            shared,
            writer: Some(writer),
        })))
    }

    /// Waits until every line so far was written, or could not be.
    pub fn flush(&self) {
        self.0.shared.flush();
    }

    /// One line, with its end.
    pub(crate) fn push(&self, line: &[u8]) {
        let shared = &self.0.shared;
        let mut lines = shared.lock();
        if lines.waiting.len() >= MOST {
            lines.lost += 1;
            return;
        }
        let before = lines.waiting.len();
        lines.waiting.extend_from_slice(line);
        // Otherwise the writer comes by itself.
        if before < ENOUGH && lines.waiting.len() >= ENOUGH {
            shared.work.notify_one();
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Lines> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn flush(&self) {
        let mut lines = self.lock();
        while lines.writing || !lines.waiting.is_empty() {
            lines.hurry = true;
            self.work.notify_one();
            lines = self.written.wait(lines).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn write_to(&self, mut destination: impl Write) {
        let (failures, lost) = (counter!(FAILURES), counter!(LOST));
        let mut lines = self.lock();
        loop {
            if lines.waiting.len() < ENOUGH && !lines.hurry && !lines.closed {
                let waited = self.work.wait_timeout(lines, PAUSE);
                lines = waited.unwrap_or_else(PoisonError::into_inner).0;
            }
            let mut taken = mem::take(&mut lines.waiting);
            let missing = mem::take(&mut lines.lost);
            (lines.writing, lines.hurry) = (!taken.is_empty(), false);
            if lines.closed && taken.is_empty() {
                return;
            }
            if taken.is_empty() {
                self.written.notify_all();
                continue;
            }
            drop(lines);
            if missing > 0 {
                lost.increment(missing);
                tracing::error!(target: "secure::audit", missing, "there was no room for audit lines");
                taken.extend_from_slice(line_of_missing(missing).as_bytes());
            }
            report(
                destination.write_all(&taken).and_then(|()| destination.flush()),
                &failures,
            );
            lines = self.lock();
            lines.writing = false;
            if lines.waiting.is_empty() {
                // The room is of use again.
                lines.waiting = taken;
                lines.waiting.clear();
            }
            self.written.notify_all();
        }
    }
}

/// Stands where they would stand.
fn line_of_missing(missing: u64) -> String {
    let time = humantime::format_rfc3339_micros(SystemTime::now());
    format!(
        "{{\"time\":\"{time}\",\"level\":\"ERROR\",\"target\":\"secure::audit\",\"event\":\"audit_lines_lost\",\"lost\":{missing}}}\n"
    )
}

fn report(written: io::Result<()>, failures: &Counter) {
    if let Err(error) = written {
        failures.increment(1);
        tracing::error!(target: "secure::audit", %error, "audit lines could not be written");
    }
}

/// Writes what is left.
impl Drop for Queue {
    fn drop(&mut self) {
        self.shared.lock().closed = true;
        self.shared.work.notify_one();
        if let Some(writer) = self.writer.take()
            && writer.join().is_err()
        {
            tracing::error!(target: "secure::audit", "the writer of audit lines panicked");
        }
    }
}

impl fmt::Debug for AuditLines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuditLines").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;

    #[derive(Clone, Default)]
    struct Sink {
        text: Arc<Mutex<Vec<u8>>>,
        stuck: Arc<AtomicBool>,
        broken: Arc<AtomicBool>,
    }

    impl Sink {
        fn lines(&self) -> Vec<String> {
            let text = String::from_utf8(self.text.lock().unwrap().clone()).unwrap();
            text.lines().map(str::to_owned).collect()
        }
    }

    impl Write for Sink {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            while self.stuck.load(Ordering::SeqCst) {
                thread::sleep(Duration::from_millis(1));
            }
            if self.broken.load(Ordering::SeqCst) {
                return Err(io::Error::other("the disk is full"));
            }
            self.text.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn g5_the_lines_of_many_threads_are_all_there_and_whole() {
        let sink = Sink::default();
        let lines = AuditLines::to(sink.clone()).unwrap();
        thread::scope(|scope| {
            for thread in 0..8 {
                let lines = lines.clone();
                scope.spawn(move || {
                    for line in 0..1_000 {
                        lines.push(format!("{thread} {line} {}\n", "x".repeat(100)).as_bytes());
                    }
                });
            }
        });
        drop(lines);
        let mut found = sink.lines();
        assert!(found.iter().all(|line| line.ends_with(&"x".repeat(100))));
        found.sort();
        found.dedup();
        assert_eq!(found.len(), 8_000);
    }

    #[test]
    fn g5_a_line_is_written_soon_and_at_once_when_asked() {
        let sink = Sink::default();
        let lines = AuditLines::to(sink.clone()).unwrap();
        lines.push(b"soon\n");
        while sink.lines().is_empty() {
            thread::sleep(Duration::from_millis(1));
        }
        lines.push(b"now\n");
        lines.flush();
        assert_eq!(sink.lines(), ["soon", "now"]);
        lines.flush();
    }

    #[test]
    fn g5_a_full_sink_neither_blocks_nor_drops_in_silence() {
        let sink = Sink::default();
        sink.stuck.store(true, Ordering::SeqCst);
        let lines = AuditLines::to(sink.clone()).unwrap();
        let line = [b"y".repeat(1023), b"\n".to_vec()].concat();
        // The writer takes some, is stuck, and then there is room for 4 MiB.
        (0..10_000).for_each(|_| lines.push(&line));
        assert!(lines.0.shared.lock().waiting.len() <= MOST + 1024);
        sink.stuck.store(false, Ordering::SeqCst);
        lines.flush();
        lines.push(b"later\n");
        drop(lines);
        let found = sink.lines();
        let told: Vec<_> = found.iter().filter(|line| line.contains("audit_lines_lost")).collect();
        let lost = told.iter().map(|line| {
            let line: serde_json::Value = serde_json::from_str(line).unwrap();
            line["lost"].as_u64().unwrap()
        });
        let lost: u64 = lost.sum();
        assert!(lost > 1_000, "{lost}");
        assert_eq!(found.len() as u64, 10_000 - lost + told.len() as u64 + 1);
        assert_eq!(found.last().unwrap(), "later");
    }

    #[test]
    fn g5_after_a_failure_later_lines_are_written() {
        let sink = Sink::default();
        sink.broken.store(true, Ordering::SeqCst);
        let lines = AuditLines::to(sink.clone()).unwrap();
        lines.push(b"lost\n");
        lines.flush();
        sink.broken.store(false, Ordering::SeqCst);
        lines.push(b"kept\n");
        drop(lines);
        assert_eq!(sink.lines(), ["kept"]);
    }
}
