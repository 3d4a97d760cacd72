//! Stage 10: what every response says of limits, also a refusal, and that nobody guesses its type or keeps it.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
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
        for name in &QUOTA_HEADERS {
            headers.insert(name, HeaderValue::from_static(""));
        }
        headers.insert(X_CONTENT_TYPE_OPTIONS, NO_SNIFF);
        headers.insert(CACHE_CONTROL, NO_STORE);
        Self(headers)
    }

    /// Those of an answer that will be [written](Self::write), where every limit has had its say.
    pub(super) fn copy(&self, quotas: &Quotas, words: &Words) -> Option<HeaderMap> {
        quotas.have_all(words).then(|| self.0.clone())
    }

    /// Writes what is known of limits, and the rest.
    pub(super) fn write(&self, headers: &mut HeaderMap, quotas: &Quotas, words: &Words) {
        let values = quotas.values(words);
        if let Some(values) = &values
            && self.fill(headers, values)
        {
            return;
        }
        for (name, value) in QUOTA_HEADERS.iter().zip(values.into_iter().flatten()) {
            headers.insert(name, value);
        }
        headers.insert(X_CONTENT_TYPE_OPTIONS, NO_SNIFF);
        headers.entry(CACHE_CONTROL).or_insert(NO_STORE);
    }

    /// Where the headers are a copy, and whoever answered added none.
    fn fill(&self, headers: &mut HeaderMap, values: &[HeaderValue; QUOTA_HEADERS.len()]) -> bool {
        if headers.len() != self.0.len() || headers.keys().ne(self.0.keys()) {
            return false;
        }
        let mut own = headers.values_mut();
        own.next();
        own.by_ref().zip(values).for_each(|(own, value)| own.clone_from(value));
        if let Some(own) = own.next() {
            *own = NO_SNIFF;
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What [`Template::fill`] relies on.
    #[test]
    fn a_copy_has_its_headers_in_the_order_in_which_they_were_inserted() {
        let names: Vec<_> = Template::new().0.clone().keys().cloned().collect();
        assert_eq!(names.first(), Some(&CONTENT_TYPE));
        assert_eq!(names.get(1..6), Some(&QUOTA_HEADERS[..]));
        assert_eq!(names.get(6..), Some(&[X_CONTENT_TYPE_OPTIONS, CACHE_CONTROL][..]));
    }
}
