use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use super::header::Said;

/// How many headers of verified tokens are remembered: an issuer has a few keys at a time.
const MOST: usize = 4;

/// Headers that were read before: the tokens of one key have the same, to the letter, and it need not be read again.
///
/// Those of verified tokens are kept apart, where nobody but the issuer can add one. Of all others the last is remembered: a flood sends
/// the same again and again.
#[derive(Default)]
pub(super) struct KnownHeaders {
    verified: RwLock<VecDeque<Arc<KnownHeader>>>,
    last: RwLock<Option<Arc<KnownHeader>>>,
}

/// What an acceptable header says.
pub(super) struct KnownHeader {
    text: Box<str>,
    is_verified: AtomicBool,
    pub(super) algorithm: Box<str>,
    pub(super) key_id: Option<Box<str>>,
}

impl KnownHeader {
    /// What this text says, which was accepted.
    pub(super) fn of(text: &str, said: &Said<'_>) -> Self {
        Self {
            text: text.into(),
            is_verified: AtomicBool::new(false),
            algorithm: (*said.algorithm).into(),
            key_id: said.key_id.as_deref().map(Into::into),
        }
    }
}

impl KnownHeaders {
    pub(super) fn get(&self, text: &str) -> Option<Arc<KnownHeader>> {
        let verified = self.verified.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = verified.iter().find(|known| *known.text == *text) {
            return Some(Arc::clone(known));
        }
        drop(verified);
        // Nobody waits for a header: it can be read again.
        let last = self.last.try_read().ok()?;
        last.as_ref().filter(|last| *last.text == *text).cloned()
    }

    /// Remembers what was read, before anything is verified.
    pub(super) fn add_read(&self, header: KnownHeader) -> Arc<KnownHeader> {
        let header = Arc::new(header);
        if let Ok(mut last) = self.last.try_write() {
            *last = Some(Arc::clone(&header));
        }
        header
    }

    /// Remembers the header of a token whose signature is good. The one that was added first gives way.
    pub(super) fn add_verified(&self, header: Arc<KnownHeader>) {
        if header.is_verified.load(Ordering::Relaxed) {
            return;
        }
        let mut verified = self.verified.write().unwrap_or_else(PoisonError::into_inner);
        if verified.iter().all(|other| other.text != header.text) {
            header.is_verified.store(true, Ordering::Relaxed);
            verified.push_front(header);
            verified.truncate(MOST);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(text: &str) -> KnownHeader {
        let said = Said {
            algorithm: "ES256".into(),
            key_id: None,
        };
        KnownHeader::of(text, &said)
    }

    #[test]
    fn the_last_few_are_known() {
        let known = KnownHeaders::default();
        for name in ["a", "b", "c", "d", "d", "e"] {
            known.add_verified(Arc::new(header(name)));
        }
        let found = |text| known.get(text).is_some();
        assert_eq!(
            ["a", "b", "c", "d", "e", ""].map(found),
            [false, true, true, true, true, false]
        );
    }

    #[test]
    fn what_nobody_verified_pushes_out_nothing_that_was() {
        let known = KnownHeaders::default();
        known.add_verified(Arc::new(header("good")));
        for number in 0..10 {
            let text = format!("flood {number}");
            known.add_read(header(&text));
            assert!(known.get(&text).is_some());
            assert!(known.get("good").is_some());
        }
        assert!(known.get("flood 8").is_none(), "one of them is kept");
    }
}
