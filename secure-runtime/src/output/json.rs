use std::cell::Cell;

use axum::body::Bytes;
use serde::Serialize;

/// So many bytes are copied rather than handed over: to copy them takes less time than to ask for memory that grows with them.
const SMALL: usize = 8 * 1024;

/// A value as a JSON text.
///
/// # Errors
///
/// The value's own, where it cannot be serialised.
pub(super) fn text(value: &impl Serialize) -> serde_json::Result<Bytes> {
    thread_local! {
        /// What the last text was written in. It is taken out while it is in use: whoever serialises may be asked for a text himself.
        static SCRATCH: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
    }
    let mut text = SCRATCH.take();
    text.clear();
    serde_json::to_writer(&mut text, value)?;
    if text.len() > SMALL {
        return Ok(text.into());
    }
    let bytes = Bytes::copy_from_slice(&text);
    SCRATCH.set(text);
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use serde::Serializer;

    use super::*;

    /// Serialises another text meanwhile.
    struct Nested;

    impl Serialize for Nested {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_bool(text(&"inner").unwrap() == r#""inner""#)
        }
    }

    #[test]
    fn each_text_is_by_itself() {
        let long = "x".repeat(2 * SMALL);
        for value in ["long before", &long, "short", "", &long] {
            assert_eq!(text(&value).unwrap(), format!("{value:?}"));
        }
        assert_eq!(text(&[Nested, Nested]).unwrap(), "[true,true]");
        let broken = std::collections::HashMap::from([((1, 2), 3)]);
        text(&broken).unwrap_err();
        assert_eq!(text(&1).unwrap(), "1");
    }
}
