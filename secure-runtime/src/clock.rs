use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Where the time comes from. Everything in the runtime that asks for the time asks this, so that a test can hold it.
#[derive(Clone, Debug, Default)]
pub struct Clock(Source);

#[derive(Clone, Debug, Default)]
enum Source {
    #[default]
    System,
    #[cfg(feature = "testing")]
    Held(std::sync::Arc<AtomicU64>),
}

impl Clock {
    /// Seconds since 1970-01-01 UTC, with their fraction: what a token's `exp` is compared with.
    #[must_use]
    pub fn unix_seconds(&self) -> f64 {
        match &self.0 {
            // A clock before 1970 cannot be right: then it is so late that every token has expired.
            Source::System => SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .map_or(f64::INFINITY, |since| since.as_secs_f64()),
            #[cfg(feature = "testing")]
            Source::Held(nanos) => Duration::from_nanos(nanos.load(Ordering::SeqCst)).as_secs_f64(),
        }
    }

    /// Time that never runs backwards, for durations.
    #[must_use]
    pub fn monotonic(&self) -> Duration {
        match &self.0 {
            Source::System => Start::of_process().elapsed(),
            #[cfg(feature = "testing")]
            Source::Held(nanos) => Duration::from_nanos(nanos.load(Ordering::SeqCst)),
        }
    }

    /// Nanoseconds since 1970, which never run backwards while the process lives: what limits count by. Set when the process
    /// first asks, it does not follow later corrections of the system's clock.
    pub(crate) fn unix_nanos(&self) -> u64 {
        match &self.0 {
            Source::System => {
                let start = Start::of_process();
                start.unix.saturating_add(nanos(start.elapsed()))
            }
            #[cfg(feature = "testing")]
            Source::Held(nanos) => nanos.load(Ordering::SeqCst),
        }
    }

    /// All three, with one question to the system: a request needs each of them, and each question is a part of its time.
    pub(crate) fn now(&self) -> Moment {
        match &self.0 {
            Source::System => {
                let start = Start::of_process();
                let monotonic = start.elapsed();
                Moment {
                    monotonic,
                    unix_nanos: start.unix.saturating_add(nanos(monotonic)),
                    unix_seconds: corrected(nanos(monotonic), || self.unix_seconds()),
                }
            }
            #[cfg(feature = "testing")]
            Source::Held(_) => Moment {
                monotonic: self.monotonic(),
                unix_nanos: self.unix_nanos(),
                unix_seconds: self.unix_seconds(),
            },
        }
    }

    /// A clock that stands at `unix_seconds` until it is advanced.
    #[cfg(feature = "testing")]
    #[must_use]
    pub fn held_at(unix_seconds: u64) -> Self {
        let nanos = nanos(Duration::from_secs(unix_seconds));
        Self(Source::Held(std::sync::Arc::new(nanos.into())))
    }

    /// Moves a held clock on, for all its clones; the system's clock is left alone.
    #[cfg(feature = "testing")]
    pub fn advance(&self, by: Duration) {
        if let Source::Held(held) = &self.0 {
            held.fetch_add(nanos(by), Ordering::SeqCst);
        }
    }
}

/// One reading of a [`Clock`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moment {
    pub(crate) monotonic: Duration,
    pub(crate) unix_nanos: u64,
    /// Follows corrections of the system's clock within a second.
    pub(crate) unix_seconds: f64,
}

/// When the process first asked.
struct Start {
    unix: u64,
    instant: Instant,
}

impl Start {
    fn of_process() -> &'static Self {
        static START: OnceLock<Start> = OnceLock::new();
        START.get_or_init(|| Self {
            unix: nanos(SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()),
            instant: Instant::now(),
        })
    }

    fn elapsed(&self) -> Duration {
        self.instant.elapsed()
    }
}

/// Seconds since 1970 at `monotonic`, from what the system's clock was ahead of that when it was last asked.
fn corrected(monotonic: u64, ask: impl Fn() -> f64) -> f64 {
    /// How long an answer is good, in nanoseconds.
    const GOOD_FOR: u64 = 1_000_000_000;
    /// When the system was last asked; 0 for never.
    static ASKED: AtomicU64 = AtomicU64::new(0);
    /// What it was ahead then, in seconds, as bits.
    static AHEAD: AtomicU64 = AtomicU64::new(0);
    let seconds = monotonic as f64 / 1e9;
    let asked = ASKED.load(Ordering::Acquire);
    if asked != 0 && monotonic.saturating_sub(asked) < GOOD_FOR {
        return f64::from_bits(AHEAD.load(Ordering::Relaxed)) + seconds;
    }
    // Whoever comes meanwhile asks as well, or takes the answer before: each was right less than a second ago.
    let now = ask();
    AHEAD.store((now - seconds).to_bits(), Ordering::Relaxed);
    ASKED.store(monotonic.max(1), Ordering::Release);
    now
}

/// As many as there are, or as fit: five centuries.
pub(crate) fn nanos(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}
