use std::sync::LazyLock;

use axum::http::HeaderValue;

/// Numbers below this are ready: most of what headers say of limits is as small.
const READY: usize = 1000;

/// A number as a header's value, without asking for memory where it is small.
pub(super) fn number(number: u64) -> HeaderValue {
    static VALUES: LazyLock<Vec<HeaderValue>> = LazyLock::new(|| {
        // Kept for as long as the process lives, once: a value of static text is copied without counting who has one.
        let texts: &'static [String] = Vec::leak((0..READY).map(|number| number.to_string()).collect());
        texts.iter().map(|text| HeaderValue::from_static(text)).collect()
    });
    let ready = usize::try_from(number).ok().and_then(|place| VALUES.get(place));
    ready.map_or_else(|| number.into(), Clone::clone)
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_are_written_as_they_are() {
        for other in [0, 1, 999, 1000, 1001, u64::MAX] {
            assert_eq!(number(other), other.to_string());
        }
    }
}
