use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, RwLock};

use crate::clock::Clock;

/// How many token ids the list holds at most.
const CAPACITY: usize = 100_000;

/// Tokens that were revoked before their time, by `jti`. Shared by its clones.
///
/// A token id stays on the list until the token would have expired anyhow. The list is bounded, to 100,000 entries, and
/// never forgets a live one: when it is full, [`deny`](Self::deny) says so.
#[derive(Clone)]
pub struct Denylist {
    entries: Arc<RwLock<HashMap<Box<str>, f64>>>,
    clock: Clock,
}

/// The list holds its full number of tokens that are still alive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DenylistFull;

impl fmt::Display for DenylistFull {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the denylist holds its {CAPACITY} tokens; rotate the signing key to revoke them all"
        )
    }
}

impl std::error::Error for DenylistFull {}

impl Denylist {
    pub(crate) fn new(clock: Clock) -> Self {
        Self {
            entries: Arc::default(),
            clock,
        }
    }

    /// Refuses the token with this `jti` from now on. `expires_at` is its `exp`, in seconds since 1970.
    ///
    /// # Errors
    ///
    /// [`DenylistFull`] if there is no room, even after expired entries are dropped.
    pub fn deny(&self, jti: &str, expires_at: f64) -> Result<(), DenylistFull> {
        let mut entries = self.entries.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        if entries.len() >= CAPACITY {
            // The leeway of a verifier is at most an hour: keep an entry as long as any could still accept the token.
            let horizon = self.clock.unix_seconds() - 3600.0;
            entries.retain(|_, expires_at| *expires_at > horizon);
            if entries.len() >= CAPACITY && !entries.contains_key(jti) {
                return Err(DenylistFull);
            }
        }
        entries.insert(jti.into(), expires_at);
        Ok(())
    }

    pub(crate) fn has(&self, jti: &str) -> bool {
        self.entries
            .read()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .contains_key(jti)
    }
}

#[cfg(all(test, feature = "testing"))]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn j21_holds_until_exp_and_never_forgets_a_live_token() {
        let clock = Clock::held_at(10_000);
        let list = Denylist::new(clock.clone());
        for i in 0..CAPACITY {
            list.deny(&i.to_string(), 20_000.0).unwrap();
        }
        assert_eq!(list.deny("one more", 20_000.0), Err(DenylistFull));
        assert!(list.has("0"));
        clock.advance(Duration::from_secs(20_000));
        list.deny("one more", 40_000.0).unwrap();
        assert!(list.has("one more") && !list.has("0"));
    }
}
