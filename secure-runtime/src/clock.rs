use std::sync::OnceLock;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Where the time comes from. Everything in the runtime that asks for the time asks this, so that a test can hold it.
#[derive(Clone, Debug, Default)]
pub struct Clock(Source);

#[derive(Clone, Debug, Default)]
enum Source {
    #[default]
    System,
    #[cfg(feature = "testing")]
    Held(std::sync::Arc<std::sync::atomic::AtomicU64>),
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
            Source::Held(nanos) => Duration::from_nanos(nanos.load(std::sync::atomic::Ordering::SeqCst)).as_secs_f64(),
        }
    }

    /// Time that never runs backwards, for limits and durations.
    #[must_use]
    pub fn monotonic(&self) -> Duration {
        static START: OnceLock<Instant> = OnceLock::new();
        match &self.0 {
            Source::System => START.get_or_init(Instant::now).elapsed(),
            #[cfg(feature = "testing")]
            Source::Held(nanos) => Duration::from_nanos(nanos.load(std::sync::atomic::Ordering::SeqCst)),
        }
    }

    /// Nanoseconds since 1970, which never run backwards while the process lives: what limits count by. Set when the process
    /// first asks, it does not follow later corrections of the system's clock.
    pub(crate) fn unix_nanos(&self) -> u64 {
        static BEGAN: OnceLock<(u64, Instant)> = OnceLock::new();
        match &self.0 {
            Source::System => {
                let (unix, instant) = BEGAN.get_or_init(|| {
                    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                    (nanos(since), Instant::now())
                });
                unix.saturating_add(nanos(instant.elapsed()))
            }
            #[cfg(feature = "testing")]
            Source::Held(nanos) => nanos.load(std::sync::atomic::Ordering::SeqCst),
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
            held.fetch_add(nanos(by), std::sync::atomic::Ordering::SeqCst);
        }
    }
}

/// As many as there are, or as fit: five centuries.
pub(crate) fn nanos(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}
