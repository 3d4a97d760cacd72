use std::fmt;

use serde::{Serialize, Serializer};

/// Text from outside, with control characters encoded, so that it cannot forge a line or drive a terminal.
pub(super) struct Encoded<'t>(pub(super) &'t str);

impl Encoded<'_> {
    fn needs_none(c: char) -> bool {
        !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    }
}

impl Serialize for Encoded<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            return serializer.serialize_str(self.0);
        }
        serializer.collect_str(self)
    }
}

impl fmt::Display for Encoded<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            if !Self::needs_none(c) {
                write!(f, "{}", c.escape_unicode())?;
            } else {
                fmt::Write::write_char(f, c)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Encoded;

    #[test]
    fn g4_control_characters_are_encoded() {
        assert_eq!(
            Encoded("al\r\nice\u{1b}[31m\u{202e}x").to_string(),
            "al\\u{d}\\u{a}ice\\u{1b}[31m\\u{202e}x"
        );
    }
}
