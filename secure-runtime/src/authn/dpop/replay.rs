use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashSet};
use std::future::Future;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::authn::Unavailable;
use crate::clock::Clock;

/// What a [`ReplayStore`] answers, later.
pub type FirstUse<'s> = Pin<Box<dyn Future<Output = Result<bool, Unavailable>> + Send + 's>>;

/// Remembers which proofs were used, for as long as they could be used again.
///
/// # Security
///
/// Of any number of calls with one key, at the same time and on whatever instance, exactly one may be told `true`. A store that
/// is full, away or in doubt says [`Unavailable`], and the request is refused with 503. It must not drop an entry before its
/// time to make room.
pub trait ReplayStore: Send + Sync {
    /// Is this the first use of `key`? It is remembered for `lifetime` from now on, which allows for clocks that differ by 60 s.
    /// The key is a hash of what was verified.
    fn first_use<'s>(&'s self, key: &'s [u8; 32], lifetime: Duration) -> FirstUse<'s>;
}

/// How many expired entries a call clears away at most. More than the one that it adds, so that they do not pile up; and so few
/// that nobody waits for it.
const CLEARED: usize = 64;

/// Half of the hash: as hard to hit as the whole would be with 128 bits.
type Short = [u8; 16];

/// Proofs that this process has seen. It holds at most `capacity`, at about 60 bytes each, which are taken as they come.
pub(super) struct MemoryReplay {
    seen: Mutex<Seen>,
    capacity: usize,
    clock: Clock,
}

#[derive(Default)]
struct Seen {
    keys: HashSet<Short>,
    /// In microseconds since 1970, the next one first.
    expiries: BinaryHeap<Reverse<(u64, Short)>>,
}

impl MemoryReplay {
    pub(super) fn new(capacity: usize, clock: Clock) -> Self {
        Self {
            seen: Mutex::default(),
            capacity,
            clock,
        }
    }

    /// See [`ReplayStore::first_use`]; `until` is in seconds since 1970, inclusive.
    pub(super) fn first_use(&self, key: &[u8; 32], until: f64) -> Result<bool, Unavailable> {
        let Some(key) = key.first_chunk::<16>() else {
            return Ok(false);
        };
        // Both collections are written below without a way out between them, so a panic elsewhere leaves them as they were.
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        // The time is read under the lock: otherwise one call could forget what expired, by its time, and a slower one with an
        // earlier time then take it for new.
        let now = (self.clock.unix_seconds() * 1e6) as u64;
        let until = (until * 1e6).ceil() as u64;
        for _ in 0..CLEARED {
            match seen.expiries.peek() {
                Some(Reverse((expiry, _))) if *expiry < now => {}
                _ => break,
            }
            if let Some(Reverse((_, expired))) = seen.expiries.pop() {
                seen.keys.remove(&expired);
            }
        }
        if until < now || seen.keys.contains(key) {
            return Ok(false);
        }
        if seen.keys.len() >= self.capacity {
            return Err(Unavailable::new("the store of used DPoP proofs is full"));
        }
        seen.keys.insert(*key);
        seen.expiries.push(Reverse((until, *key)));
        Ok(true)
    }

    #[cfg(test)]
    fn len(&self) -> usize {
        self.seen.lock().unwrap().keys.len()
    }
}

#[cfg(all(test, feature = "testing"))]
mod tests {
    use super::*;

    fn key(n: u32) -> [u8; 32] {
        let mut key = [0; 32];
        key[..4].copy_from_slice(&n.to_be_bytes());
        key
    }

    #[test]
    fn d5_a_key_is_new_once_and_kept_to_the_last_moment() {
        let clock = Clock::held_at(1000);
        let store = MemoryReplay::new(10, clock.clone());
        assert!(store.first_use(&key(1), 1060.0).unwrap());
        assert!(!store.first_use(&key(1), 1060.0).unwrap());
        assert!(store.first_use(&key(2), 1060.0).unwrap());
        clock.advance(Duration::from_secs(60));
        assert!(!store.first_use(&key(1), 1060.0).unwrap());
        clock.advance(Duration::from_millis(1));
        // What has expired is not new: it is nothing to let in.
        assert!(!store.first_use(&key(1), 1060.0).unwrap());
        assert_eq!(store.len(), 0);
        assert!(store.first_use(&key(1), 1061.0).unwrap());
    }

    #[test]
    fn d5_a_full_store_lets_nobody_in_and_forgets_no_live_key() {
        let clock = Clock::held_at(1000);
        let store = MemoryReplay::new(1000, clock.clone());
        for n in 0..1000 {
            assert!(store.first_use(&key(n), if n < 500 { 1010.0 } else { 1060.0 }).unwrap());
        }
        assert!(store.first_use(&key(1000), 1060.0).is_err());
        assert!(!store.first_use(&key(0), 1010.0).unwrap());
        clock.advance(Duration::from_secs(11));
        for n in 1000..1500 {
            assert!(store.first_use(&key(n), 1060.0).unwrap(), "{n}");
        }
        assert!(store.first_use(&key(1500), 1060.0).is_err());
        for n in 500..1500 {
            assert!(!store.first_use(&key(n), 1060.0).unwrap(), "{n}");
        }
        assert_eq!(store.len(), 1000);
    }
}
