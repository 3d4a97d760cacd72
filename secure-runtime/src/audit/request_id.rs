use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderName, HeaderValue};

/// Names one request in the log and to the client.
pub(crate) static HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The longest inbound id that is taken over, in bytes.
const MAX_INBOUND: usize = 64;

/// A request's id: the inbound one if it is harmless, else one of our own.
#[derive(Clone, Debug)]
pub(crate) enum RequestId {
    Inbound(Box<str>),
    /// Unique in this process; the process part tells processes apart.
    Own {
        process: &'static str,
        number: u64,
    },
}

impl RequestId {
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let inbound = headers.get(&HEADER).and_then(|id| id.to_str().ok());
        match inbound.filter(|id| is_harmless(id)) {
            Some(id) => Self::Inbound(id.into()),
            None => Self::next(),
        }
    }

    /// As a header says it.
    pub(crate) fn header(&self) -> HeaderValue {
        let text = self.parts(&mut itoa::Buffer::new()).concat();
        // Letters, digits and a few signs: there is nothing here that a header could not say.
        HeaderValue::from_maybe_shared(Bytes::from(text)).unwrap_or(HeaderValue::from_static("-"))
    }

    /// What it is written of. Each audit line has it, and each refusal, and what formats anything takes three times as long.
    pub(super) fn parts<'p>(&'p self, number: &'p mut itoa::Buffer) -> [&'p str; 3] {
        match self {
            Self::Inbound(id) => [id, "", ""],
            Self::Own { process, number: own } => [process, "-", number.format(*own)],
        }
    }

    fn next() -> Self {
        static PROCESS: OnceLock<String> = OnceLock::new();
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        Self::Own {
            process: PROCESS.get_or_init(|| format!("{:016x}", RandomState::new().hash_one(std::process::id()))),
            number: NUMBER.fetch_add(1, Ordering::Relaxed),
        }
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut number = itoa::Buffer::new();
        let mut parts = self.parts(&mut number).into_iter();
        parts.try_for_each(|part| f.write_str(part))
    }
}

/// Nothing that could break out of a log line, or fill it.
fn is_harmless(id: &str) -> bool {
    (1..=MAX_INBOUND).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn g4_an_inbound_id_is_taken_over_only_if_it_is_harmless() {
        let id = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(&HEADER, text.parse().unwrap());
            RequestId::of(&headers).to_string()
        };
        assert_eq!(id("abc-123_X.y"), "abc-123_X.y");
        for bad in ["", "a b", "a\tb", "<script>", "a;b", &"x".repeat(65)] {
            assert_ne!(id(bad), bad);
        }
        for number in [0, 1, 0x10, 0x9a_bcde_f012, u64::MAX] {
            let id = RequestId::Own {
                process: "0123",
                number,
            };
            assert_eq!(id.header(), id.to_string());
        }
        assert_ne!(RequestId::next().to_string(), RequestId::next().to_string());
    }
}
