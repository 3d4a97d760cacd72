use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use super::{KEPT_LONGER, Presented, is_earlier};
use crate::clock::Clock;

/// How many token ids, and how many subjects, the list holds at most.
const CAPACITY: usize = 100_000;

/// Tokens that were revoked before their time: by `jti`, or all that a subject had at some moment. In this process, shared by
/// its clones.
///
/// A denial stays until the token would have expired anyhow. The list is bounded, to 100,000 token ids and 100,000 subjects, and
/// never forgets a live one: when it is full, [`deny`](Self::deny) says so.
#[derive(Clone)]
pub struct Denylist {
    entries: Arc<RwLock<Entries>>,
    /// Something was ever denied: as long as nothing was, nobody has to wait for the lock.
    is_used: Arc<AtomicBool>,
    clock: Clock,
}

#[derive(Default)]
struct Entries {
    /// Until when, by `jti`.
    tokens: HashMap<Box<str>, f64>,
    /// By issuer, then by subject.
    subjects: HashMap<Box<str>, HashMap<Box<str>, Subject>>,
}

#[derive(Clone, Copy)]
struct Subject {
    issued_before: f64,
    until: f64,
}

/// The list holds its full number of tokens that are still alive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DenylistFull;

impl fmt::Display for DenylistFull {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the denylist holds its {CAPACITY} tokens or subjects; rotate the signing key to revoke them all"
        )
    }
}

impl std::error::Error for DenylistFull {}

impl Denylist {
    pub(crate) fn new(clock: Clock) -> Self {
        Self {
            entries: Arc::default(),
            is_used: Arc::default(),
            clock,
        }
    }

    /// Refuses the token with this `jti` from now on. `expires_at` is its `exp`, in seconds since 1970.
    ///
    /// An id is unique for its issuer only. Where there are several, a token of another issuer that has the same id is refused
    /// as well.
    ///
    /// # Errors
    ///
    /// [`DenylistFull`] if there is no room, even after expired entries are dropped.
    pub fn deny(&self, jti: &str, expires_at: f64) -> Result<(), DenylistFull> {
        let mut entries = self.entries.write().unwrap_or_else(PoisonError::into_inner);
        if entries.tokens.len() >= CAPACITY && !entries.tokens.contains_key(jti) {
            let now = self.clock.unix_seconds();
            entries.tokens.retain(|_, until| *until >= now);
            if entries.tokens.len() >= CAPACITY {
                return Err(DenylistFull);
            }
        }
        let until = entries.tokens.entry(jti.into()).or_insert(0.0);
        *until = until.max(kept_until(expires_at));
        self.is_used.store(true, Ordering::Release);
        Ok(())
    }

    /// Refuses from now on what this issuer issued for this subject before `issued_before`: tokens with an earlier `iat`, or
    /// without one. `expires_at` is when the last of them has expired, which is as long as the denial has to be kept. Both are
    /// in seconds since 1970.
    ///
    /// An `iat` counts whole seconds with many issuers. To let a token in that is issued right after the denial, wait a second
    /// before it is issued.
    ///
    /// # Errors
    ///
    /// [`DenylistFull`] if there is no room, even after expired entries are dropped.
    pub fn deny_subject(
        &self,
        issuer: &str,
        subject: &str,
        issued_before: f64,
        expires_at: f64,
    ) -> Result<(), DenylistFull> {
        let mut entries = self.entries.write().unwrap_or_else(PoisonError::into_inner);
        let subjects = &mut entries.subjects;
        let is_known = subjects.get(issuer).is_some_and(|of| of.contains_key(subject));
        let count = |subjects: &HashMap<_, HashMap<_, _>>| subjects.values().map(HashMap::len).sum::<usize>();
        if !is_known && count(subjects) >= CAPACITY {
            let now = self.clock.unix_seconds();
            subjects.retain(|_, of| {
                of.retain(|_, denied| denied.until >= now);
                !of.is_empty()
            });
            if count(subjects) >= CAPACITY {
                return Err(DenylistFull);
            }
        }
        let denied = subjects.entry(issuer.into()).or_default().entry(subject.into());
        let denied = denied.or_insert(Subject {
            issued_before,
            until: 0.0,
        });
        denied.issued_before = denied.issued_before.max(issued_before);
        denied.until = denied.until.max(kept_until(expires_at));
        self.is_used.store(true, Ordering::Release);
        Ok(())
    }

    /// As long as nothing was ever denied, nobody looks at the token.
    pub(crate) fn refuses<'t>(&self, token: impl FnOnce() -> Presented<'t>) -> bool {
        if !self.is_used.load(Ordering::Acquire) {
            return false;
        }
        let token = token();
        let entries = self.entries.read().unwrap_or_else(PoisonError::into_inner);
        let subject = entries.subjects.get(token.issuer).and_then(|of| of.get(token.subject));
        token.jti.is_some_and(|jti| entries.tokens.contains_key(jti))
            || subject.is_some_and(|denied| is_earlier(token.iat, denied.issued_before))
    }
}

/// What is no time is one that never comes.
fn kept_until(expires_at: f64) -> f64 {
    if expires_at.is_nan() {
        f64::INFINITY
    } else {
        expires_at + KEPT_LONGER
    }
}

#[cfg(all(test, feature = "testing"))]
mod tests {
    use super::*;
    use std::time::Duration;

    fn token<'t>(subject: &'t str, jti: Option<&'t str>, iat: Option<f64>) -> Presented<'t> {
        Presented {
            issuer: "https://id.test",
            subject,
            jti,
            iat,
        }
    }

    fn has(list: &Denylist, jti: &str) -> bool {
        list.refuses(|| Presented {
            issuer: "",
            subject: "",
            jti: Some(jti),
            iat: None,
        })
    }

    #[test]
    fn j21_holds_until_exp_and_never_forgets_a_live_token() {
        let clock = Clock::held_at(10_000);
        let list = Denylist::new(clock.clone());
        for i in 0..CAPACITY {
            list.deny(&i.to_string(), 20_000.0).unwrap();
        }
        assert_eq!(list.deny("one more", 20_000.0), Err(DenylistFull));
        assert!(list.deny("0", 20_000.0).is_ok() && has(&list, "0"));
        clock.advance(Duration::from_secs(20_000));
        list.deny("one more", 40_000.0).unwrap();
        assert!(has(&list, "one more") && !has(&list, "0"));
        assert!(list.refuses(|| token("alice", Some("one more"), None)));
        assert!(!list.refuses(|| token("alice", Some("other"), None)) && !list.refuses(|| token("alice", None, None)));
    }

    #[test]
    fn j21_a_second_denial_weakens_nothing() {
        let clock = Clock::held_at(10_000);
        let list = Denylist::new(clock.clone());
        list.deny("long", 30_000.0).unwrap();
        list.deny("long", 11_000.0).unwrap();
        list.deny("no time", f64::NAN).unwrap();
        list.deny_subject("https://id.test", "alice", 5000.0, 30_000.0).unwrap();
        list.deny_subject("https://id.test", "alice", 4000.0, 11_000.0).unwrap();
        clock.advance(Duration::from_secs(15_000));
        // So many that those which are over are dropped.
        for i in 0..CAPACITY - 2 {
            list.deny(&i.to_string(), 40_000.0).unwrap();
        }
        assert_eq!(list.deny("one more", 40_000.0), Err(DenylistFull));
        for i in 0..CAPACITY - 1 {
            list.deny_subject("https://id.test", &i.to_string(), 1.0, 40_000.0)
                .unwrap();
        }
        assert_eq!(
            list.deny_subject("https://id.test", "one more", 1.0, 40_000.0),
            Err(DenylistFull)
        );
        assert!(has(&list, "long") && has(&list, "no time"));
        assert!(list.refuses(|| token("alice", None, Some(4999.0))));
    }

    #[test]
    fn j21_a_subjects_earlier_tokens_are_refused() {
        let list = Denylist::new(Clock::held_at(10_000));
        list.deny_subject("https://id.test", "alice", 10_000.0, 20_000.0)
            .unwrap();
        for (iat, refused) in [
            (Some(9999.9), true),
            (Some(0.0), true),
            (None, true),
            (Some(10_000.0), false),
            (Some(1e9), false),
        ] {
            assert_eq!(list.refuses(|| token("alice", Some("a"), iat)), refused, "{iat:?}");
        }
        assert!(!list.refuses(|| token("bob", Some("a"), None)));
        let elsewhere = Presented {
            issuer: "https://other.test",
            ..token("alice", Some("a"), None)
        };
        assert!(!list.refuses(|| elsewhere));
    }

    #[test]
    fn j21_a_full_list_of_subjects_makes_room_from_what_is_over_alone() {
        let clock = Clock::held_at(10_000);
        let list = Denylist::new(clock.clone());
        for i in 0..CAPACITY {
            let issuer = if i % 2 == 0 { "a" } else { "b" };
            list.deny_subject(issuer, &i.to_string(), 10_000.0, 20_000.0).unwrap();
        }
        assert_eq!(list.deny_subject("c", "alice", 1.0, 2.0), Err(DenylistFull));
        assert!(list.deny_subject("a", "0", 10_000.0, 20_000.0).is_ok());
        clock.advance(Duration::from_secs(13_600));
        assert_eq!(list.deny_subject("c", "alice", 1.0, 2.0), Err(DenylistFull));
        clock.advance(Duration::from_secs(1));
        assert!(list.deny_subject("c", "alice", 30_000.0, 40_000.0).is_ok());
    }

    #[tokio::test]
    async fn j21_the_list_in_the_process_answers_at_once() {
        use futures_util::FutureExt as _;
        let local = Denylist::new(Clock::held_at(10_000));
        local.deny("stolen", 20_000.0).unwrap();
        let denials = super::super::Denials {
            local,
            #[cfg(feature = "redis")]
            shared: None,
        };
        let answer = |jti| {
            let presented = token("alice", Some(jti), None);
            denials.refuses(&presented).now_or_never().unwrap().unwrap()
        };
        assert!(answer("stolen") && !answer("mine"));
    }
}
