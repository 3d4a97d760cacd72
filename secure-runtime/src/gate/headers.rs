//! Stage 10: what every response says of limits, also a refusal, and that nobody guesses its type or keeps it.

use axum::http::header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderMap, HeaderName, HeaderValue};

use crate::header_value::number;
use crate::limit::{Families, Quotas, Words};

const NO_SNIFF: HeaderValue = HeaderValue::from_static("nosniff");
const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

/// The headers of an endpoint's usual answer: JSON, with a word of each limit. To copy them, and then to write what is this answer's
/// own, takes a fraction of the time that it takes to insert one after the other.
pub(crate) struct Template {
    headers: HeaderMap,
    families: Families,
}

impl Template {
    pub(crate) fn new(families: Families) -> Self {
        let mut headers = HeaderMap::with_capacity(12);
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        for name in families.headers() {
            headers.insert(name, HeaderValue::from_static(""));
        }
        headers.insert(X_CONTENT_TYPE_OPTIONS, NO_SNIFF);
        headers.insert(CACHE_CONTROL, NO_STORE);
        Self { headers, families }
    }

    /// Those of an answer, where every limit has had its say.
    pub(super) fn copy(&self, quotas: &Quotas, words: &Words) -> Option<Copied> {
        if !quotas.have_all(words) {
            return None;
        }
        let mut copied = Copied(self.headers.clone());
        // Behind type and length.
        let mut own = copied.0.values_mut().skip(2);
        quotas.tell(words, self.families, |value| {
            if let Some(own) = own.next() {
                *own = value;
            }
        })?;
        Some(copied)
    }

    /// A copy has our own names behind type and length, and in our order. Of those that only we have it is enough to compare where
    /// they lie: whoever has written the same himself, has it written again.
    fn is_copied_by(&self, headers: &HeaderMap) -> bool {
        let mut names = headers.keys().skip(2);
        let ours = |ours: &HeaderName| {
            let theirs = names.next();
            theirs.is_some_and(|theirs| std::ptr::eq(theirs.as_str(), ours.as_str()))
        };
        headers.len() == self.headers.len()
            && self.families.headers().iter().all(ours)
            && names.next() == Some(&X_CONTENT_TYPE_OPTIONS)
            && names.next() == Some(&CACHE_CONTROL)
    }

    /// Writes what is known of limits, and the rest, unless the headers are a copy, to which nobody could add any.
    pub(super) fn write(&self, headers: &mut HeaderMap, quotas: &Quotas, words: &Words) {
        if self.is_copied_by(headers) {
            return;
        }
        self.write_quotas(headers, quotas, words);
        headers.insert(X_CONTENT_TYPE_OPTIONS, NO_SNIFF);
        headers.entry(CACHE_CONTROL).or_insert(NO_STORE);
    }

    /// Writes what is known of limits: all that a refusal lacks.
    pub(super) fn write_quotas(&self, headers: &mut HeaderMap, quotas: &Quotas, words: &Words) {
        if quotas.are_silent() {
            return;
        }
        let mut names = self.families.headers().iter();
        let _ = quotas.tell(words, self.families, |value| {
            if let Some(name) = names.next() {
                headers.insert(name, value);
            }
        });
    }
}

/// The headers of one answer, but for its length.
pub(crate) struct Copied(HeaderMap);

impl Copied {
    /// With the length.
    pub(crate) fn of_length(self, bytes: usize) -> HeaderMap {
        let mut headers = self.0;
        if let Some(length) = headers.values_mut().nth(1) {
            *length = number(bytes as u64);
        }
        headers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What [`Template::copy`] relies on.
    #[test]
    fn a_copy_has_its_headers_in_the_order_in_which_they_were_inserted() {
        for families in [Families::Draft, Families::Both] {
            let names: Vec<_> = Template::new(families).headers.clone().keys().cloned().collect();
            let ours = [CONTENT_TYPE, CONTENT_LENGTH].iter().chain(families.headers());
            assert!(
                names.iter().eq(ours.chain(&[X_CONTENT_TYPE_OPTIONS, CACHE_CONTROL])),
                "{names:?}"
            );
        }
    }
}
