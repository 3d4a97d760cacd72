//! Stage 10: what every response says of limits, also a refusal, and that nobody guesses its type or keeps it.

use axum::http::header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderMap, HeaderValue};

use crate::limit::{QUOTA_HEADERS, Quotas, Words};

const NO_SNIFF: HeaderValue = HeaderValue::from_static("nosniff");
const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

/// The headers of an endpoint's usual answer: JSON, with a word of each limit. To copy them, and then to write what is this answer's
/// own, takes a fraction of the time that it takes to insert one after the other.
pub(crate) struct Template(HeaderMap);

impl Template {
    pub(crate) fn new() -> Self {
        let mut headers = HeaderMap::with_capacity(12);
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        for name in &QUOTA_HEADERS {
            headers.insert(name, HeaderValue::from_static(""));
        }
        headers.insert(X_CONTENT_TYPE_OPTIONS, NO_SNIFF);
        headers.insert(CACHE_CONTROL, NO_STORE);
        Self(headers)
    }

    /// Those of an answer, but for its length, where every limit has had its say.
    pub(super) fn copy(&self, quotas: &Quotas, words: &Words) -> Option<HeaderMap> {
        let values = quotas.have_all(words).then(|| quotas.values(words)).flatten()?;
        let mut headers = self.0.clone();
        // Behind type and length.
        let own = headers.values_mut().skip(2);
        own.zip(values).for_each(|(own, value)| *own = value);
        Some(headers)
    }

    /// Writes what is known of limits, and the rest, unless the headers are a copy, to which nobody could add any.
    pub(super) fn write(&self, headers: &mut HeaderMap, quotas: &Quotas, words: &Words) {
        if headers.len() == self.0.len() && headers.keys().eq(self.0.keys()) {
            return;
        }
        for (name, value) in QUOTA_HEADERS.iter().zip(quotas.values(words).into_iter().flatten()) {
            headers.insert(name, value);
        }
        headers.insert(X_CONTENT_TYPE_OPTIONS, NO_SNIFF);
        headers.entry(CACHE_CONTROL).or_insert(NO_STORE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What [`Template::copy`] relies on.
    #[test]
    fn a_copy_has_its_headers_in_the_order_in_which_they_were_inserted() {
        let names: Vec<_> = Template::new().0.clone().keys().cloned().collect();
        assert_eq!(names.get(..2), Some(&[CONTENT_TYPE, CONTENT_LENGTH][..]));
        assert_eq!(names.get(2..7), Some(&QUOTA_HEADERS[..]));
        assert_eq!(names.get(7..), Some(&[X_CONTENT_TYPE_OPTIONS, CACHE_CONTROL][..]));
    }
}
