//! What the log has of a request, for tests of what it tells and what it does not.

use std::io;
use std::sync::{Arc, Mutex, OnceLock};

use tracing::{Dispatch, Level};

/// A line for each event.
#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Log {
    /// The lines since the last call.
    pub(crate) fn lines(&self) -> Vec<String> {
        let text = String::from_utf8(std::mem::take(&mut *self.0.lock().unwrap())).unwrap();
        text.lines().map(str::to_owned).collect()
    }

    /// Collects the events of this thread until the guard is dropped.
    pub(crate) fn start() -> (Self, tracing::subscriber::DefaultGuard) {
        Self::at(Level::INFO)
    }

    /// The same, with whatever anybody would see who debugs, of all crates.
    pub(crate) fn start_with_everything() -> (Self, tracing::subscriber::DefaultGuard) {
        Self::at(Level::TRACE)
    }

    fn at(level: Level) -> (Self, tracing::subscriber::DefaultGuard) {
        let log = Self::default();
        let writer = log.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_ansi(false)
            .without_time()
            .with_max_level(level)
            .with_writer(move || writer.clone())
            .finish();
        stay_interested();
        (log, tracing::subscriber::set_default(subscriber))
    }
}

/// What nobody is interested in is remembered as such, of the moment in which the only log of another thread ended: as long as one is
/// there, each event is asked for.
fn stay_interested() {
    static SOMEBODY: OnceLock<Dispatch> = OnceLock::new();
    SOMEBODY.get_or_init(|| {
        let subscriber = tracing_subscriber::fmt().with_max_level(Level::TRACE);
        Dispatch::new(subscriber.with_writer(io::sink).finish())
    });
}
