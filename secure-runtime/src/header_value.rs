//! Values of headers that are copied into each answer without asking for memory, and without counting who has one.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use axum::http::HeaderValue;

/// Numbers below this are ready: most of what headers say of limits is as small.
const READY: usize = 1000;

/// A number as a header's value.
pub(crate) fn number(number: u64) -> HeaderValue {
    static VALUES: LazyLock<Vec<HeaderValue>> =
        LazyLock::new(|| (0..READY).map(|number| kept(number.to_string())).collect());
    let ready = usize::try_from(number).ok().and_then(|place| VALUES.get(place));
    ready.map_or_else(|| number.into(), Clone::clone)
}

/// The same value, kept for as long as the process lives: for what is known when an endpoint is mounted. Equal ones are kept
/// once, so there are never more than there are different limits.
pub(crate) fn lasting(value: HeaderValue) -> HeaderValue {
    static KEPT: LazyLock<Mutex<HashMap<String, HeaderValue>>> = LazyLock::new(Mutex::default);
    let Ok(text) = value.to_str().map(str::to_owned) else {
        return value;
    };
    // Only ever added to: after a panic elsewhere it is as good as before.
    let mut values = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    values.entry(text.clone()).or_insert_with(|| kept(text)).clone()
}

/// A value of static text is copied by its address.
fn kept(text: String) -> HeaderValue {
    HeaderValue::from_static(text.leak())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_they_are() {
        for other in [0, 1, 999, 1000, 1001, u64::MAX] {
            assert_eq!(number(other), other.to_string());
        }
    }

    #[test]
    fn equal_values_are_kept_once() {
        let [one, other] = [(); 2].map(|()| lasting(HeaderValue::from(123_456)));
        assert_eq!(one, "123456");
        assert!(std::ptr::eq(one.as_bytes(), other.as_bytes()));
        assert_ne!(lasting(HeaderValue::from(123_457)), one);
    }
}
