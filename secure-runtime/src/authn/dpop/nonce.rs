use std::fmt;
use std::time::Duration;

use aws_lc_rs::{hmac, rand};
use axum::http::HeaderValue;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::startup::Fault;

/// The shortest key, in bytes: as long as the hash.
const MIN_KEY: usize = 32;

/// Nonces that a proof must repeat (RFC 9449 §9). See [`Dpop::nonces`](super::Dpop::nonces).
///
/// A nonce is a MAC over a period of time: nothing is stored, and whoever has the key can check it. It is accepted in its own
/// period and in the next one.
pub struct Nonces {
    key: Option<Vec<u8>>,
    period: Duration,
}

impl Default for Nonces {
    fn default() -> Self {
        Self::new()
    }
}

impl Nonces {
    /// Nonces under a random key, for an application of one instance. They change every 60 s.
    #[must_use]
    pub fn new() -> Self {
        Self {
            key: None,
            period: Duration::from_secs(60),
        }
    }

    /// Nonces under a key that all instances share, of 32 random bytes or more.
    #[must_use]
    pub fn with_key(key: impl Into<Vec<u8>>) -> Self {
        Self {
            key: Some(key.into()),
            ..Self::new()
        }
    }

    /// How often the nonce changes, in whole seconds: 60 s unless said otherwise, 10 s to 10 min. A proof is good for twice as
    /// long at most.
    #[must_use]
    pub fn period(mut self, period: Duration) -> Self {
        self.period = period;
        self
    }

    pub(super) fn prepare(self, place: &str, faults: &mut Vec<Fault>) -> Option<NonceKey> {
        if !(10..=600).contains(&self.period.as_secs()) {
            faults.push(Fault::new(
                place,
                "nonces that change more often than every 10 s, or less often than every 10 min",
                "leave the period out for 60 s",
            ));
            return None;
        }
        let key = match self.key {
            Some(key) if key.len() >= MIN_KEY => key,
            Some(key) => {
                faults.push(Fault::new(
                    place,
                    format!(
                        "the key of the nonces has {} bytes, and needs {MIN_KEY} or more",
                        key.len()
                    ),
                    format!("generate one, as with `openssl rand -base64 {MIN_KEY}`"),
                ));
                return None;
            }
            None => {
                let mut key = vec![0; MIN_KEY];
                if rand::fill(&mut key).is_err() {
                    faults.push(Fault::new(place, "the system has no random numbers", "mend the system"));
                    return None;
                }
                key
            }
        };
        Some(NonceKey {
            key: hmac::Key::new(hmac::HMAC_SHA256, &key),
            period: self.period.as_secs(),
        })
    }
}

/// Shows the period, never the key.
impl fmt::Debug for Nonces {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Nonces")
            .field("period", &self.period)
            .finish_non_exhaustive()
    }
}

/// What makes and checks nonces.
pub(super) struct NonceKey {
    key: hmac::Key,
    /// In seconds.
    period: u64,
}

/// A nonce that was accepted.
pub(super) struct Known {
    /// The last moment at which it is accepted, in seconds since 1970.
    pub(super) until: f64,
    /// Is there a newer one, which the client should use from now on?
    pub(super) is_old: bool,
}

impl NonceKey {
    /// The nonce of this moment.
    pub(super) fn current(&self, now: f64) -> HeaderValue {
        let tag = hmac::sign(&self.key, &message(self.number(now)));
        HeaderValue::try_from(URL_SAFE_NO_PAD.encode(tag)).unwrap_or(HeaderValue::from_static(""))
    }

    /// Is this a nonce of this period or of the one before? MACs are compared in constant time.
    pub(super) fn check(&self, nonce: &str, now: f64) -> Option<Known> {
        let tag = URL_SAFE_NO_PAD.decode(nonce).ok()?;
        let current = self.number(now);
        let is_of = |number: u64| hmac::verify(&self.key, &message(number), &tag).is_ok();
        let (number, is_old) = if is_of(current) {
            (current, false)
        } else {
            (current.checked_sub(1).filter(|number| is_of(*number))?, true)
        };
        let end = number.checked_add(2)?.checked_mul(self.period)?;
        Some(Known {
            until: end as f64,
            is_old,
        })
    }

    fn number(&self, now: f64) -> u64 {
        // Saturates: a clock outside what can be counted has one period.
        now as u64 / self.period
    }
}

/// With a name in front, so that a key that serves something else as well makes no nonces there.
fn message(number: u64) -> Vec<u8> {
    [&b"DPoP-Nonce\0"[..], &number.to_be_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(nonces: Nonces) -> NonceKey {
        nonces.prepare("Dpop", &mut Vec::new()).unwrap()
    }

    fn text(nonce: &HeaderValue) -> &str {
        nonce.to_str().unwrap()
    }

    #[test]
    fn d9_a_nonce_lives_in_its_period_and_the_next() {
        let key = key(Nonces::with_key([7; 32]));
        let nonce = key.current(6000.0);
        assert_eq!(nonce, key.current(6059.9));
        assert_ne!(nonce, key.current(6060.0));
        for (now, is_old) in [
            (6000.0, Some(false)),
            (6059.9, Some(false)),
            (6060.0, Some(true)),
            (6119.9, Some(true)),
        ] {
            let known = key.check(text(&nonce), now).unwrap();
            assert_eq!((Some(known.is_old), known.until), (is_old, 6120.0), "{now}");
        }
        for now in [5999.9, 6120.0, 1e9, f64::INFINITY] {
            assert!(key.check(text(&nonce), now).is_none(), "{now}");
        }
    }

    #[test]
    fn d9_nonces_come_from_the_key() {
        let (ours, theirs) = (key(Nonces::with_key([7; 32])), key(Nonces::with_key([8; 32])));
        assert!(ours.check(text(&theirs.current(6000.0)), 6000.0).is_none());
        assert!(key(Nonces::new()).check(text(&ours.current(6000.0)), 6000.0).is_none());
        let same = key(Nonces::with_key([7; 32]));
        assert!(same.check(text(&ours.current(6000.0)), 6000.0).is_some());
        for forged in ["", "AA", "x y", &"A".repeat(43), &"A".repeat(4000)] {
            assert!(ours.check(forged, 6000.0).is_none(), "{forged}");
        }
        let nonce = ours.current(6000.0);
        let (longer, shorter) = (format!("{}A", text(&nonce)), &text(&nonce)[..42]);
        assert!(ours.check(&longer, 6000.0).is_none() && ours.check(shorter, 6000.0).is_none());
    }

    #[test]
    fn d9_weak_keys_and_wild_periods_are_faults() {
        for wrong in [
            Nonces::with_key([7; 31]),
            Nonces::new().period(Duration::from_secs(9)),
            Nonces::new().period(Duration::from_secs(601)),
        ] {
            let mut faults = Vec::new();
            assert!(wrong.prepare("Dpop", &mut faults).is_none());
            assert_eq!(faults.len(), 1);
        }
        assert!(!format!("{:?}", Nonces::with_key(*b"a key of thirty-two bytes or so.")).contains("97"));
    }
}
