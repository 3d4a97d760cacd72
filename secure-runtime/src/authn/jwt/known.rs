use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use super::header::Header;

/// How many headers are remembered: an issuer has a few keys at a time.
const MOST: usize = 4;

/// Headers of tokens that were verified before: the tokens of one key have the same, to the letter, and it need not be read again.
/// Nobody but the issuer can add one.
#[derive(Default)]
pub(super) struct KnownHeaders(RwLock<VecDeque<Arc<KnownHeader>>>);

/// What a header says.
pub(super) struct KnownHeader {
    text: Box<str>,
    is_kept: AtomicBool,
    pub(super) algorithm: Box<str>,
    pub(super) key_id: Option<Box<str>>,
}

impl KnownHeader {
    /// What this text says, which was accepted.
    pub(super) fn of(text: &str, header: &Header<'_>) -> Self {
        Self {
            text: text.into(),
            is_kept: AtomicBool::new(false),
            algorithm: (*header.alg).into(),
            key_id: header.kid.as_deref().map(Into::into),
        }
    }
}

impl KnownHeaders {
    pub(super) fn get(&self, text: &str) -> Option<Arc<KnownHeader>> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        known.iter().find(|known| *known.text == *text).cloned()
    }

    /// Remembers the header of a token whose signature is good. The one that was added first gives way.
    pub(super) fn add(&self, header: Arc<KnownHeader>) {
        if header.is_kept.load(Ordering::Relaxed) {
            return;
        }
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if known.iter().all(|other| other.text != header.text) {
            header.is_kept.store(true, Ordering::Relaxed);
            known.push_front(header);
            known.truncate(MOST);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_few_are_known() {
        let known = KnownHeaders::default();
        for name in ["a", "b", "c", "d", "d", "e"] {
            known.add(Arc::new(KnownHeader {
                text: name.into(),
                is_kept: AtomicBool::new(false),
                algorithm: "ES256".into(),
                key_id: None,
            }));
        }
        let found = |text| known.get(text).is_some();
        assert_eq!(
            ["a", "b", "c", "d", "e", ""].map(found),
            [false, true, true, true, true, false]
        );
    }
}
