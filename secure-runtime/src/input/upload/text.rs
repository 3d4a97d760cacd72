/// Is what streams by text? UTF-8 without control characters, but for tab, line feed and carriage return.
#[derive(Debug, Default)]
pub(super) struct TextCheck {
    /// The beginning of a character whose end is still to come: at most three bytes.
    begun: Vec<u8>,
}

impl TextCheck {
    /// The next bytes; `false` if they are no text.
    pub(super) fn take(&mut self, bytes: &[u8]) -> bool {
        let mut bytes = bytes;
        while !self.begun.is_empty() {
            let Some((first, rest)) = bytes.split_first() else {
                return true;
            };
            self.begun.push(*first);
            bytes = rest;
            match std::str::from_utf8(&self.begun) {
                Ok(text) if !is_clean(text) => return false,
                Ok(_) => self.begun.clear(),
                Err(error) if error.error_len().is_some() => return false,
                Err(_) => {}
            }
        }
        match std::str::from_utf8(bytes) {
            Ok(text) => is_clean(text),
            Err(error) if error.error_len().is_some() => false,
            Err(error) => {
                let (whole, begun) = bytes.split_at(error.valid_up_to());
                self.begun.extend_from_slice(begun);
                std::str::from_utf8(whole).is_ok_and(is_clean)
            }
        }
    }

    /// Did it end with a whole character?
    pub(super) fn is_whole(&self) -> bool {
        self.begun.is_empty()
    }
}

fn is_clean(text: &str) -> bool {
    !text.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
}

#[cfg(test)]
mod tests {
    use super::TextCheck;

    /// However the bytes are cut.
    fn is_text(bytes: &[u8]) -> bool {
        let mut verdicts = (1..=bytes.len().max(1)).map(|size| {
            let mut check = TextCheck::default();
            bytes.chunks(size).all(|chunk| check.take(chunk)) && check.is_whole()
        });
        let first = verdicts.next().unwrap();
        assert!(verdicts.all(|verdict| verdict == first), "{bytes:?}");
        first
    }

    #[test]
    fn uploaded_text_is_utf8_without_controls() {
        for fine in ["", "a,b\r\n1,2\r\n", "\u{feff}ä\tö", "日本語 🦀", "\u{10ffff}"] {
            assert!(is_text(fine.as_bytes()), "{fine:?}");
        }
        for bad in [
            &b"a\0b"[..],
            b"\x1b[31m",
            b"a\x7f",
            b"\x0c",
            "a\u{85}b".as_bytes(),
            b"\xff\xfea\0",
            b"\xc3",
            b"\xf0\x9f\xa6",
            b"\xc3\xc3\xbc",
            b"\xed\xa0\x80",
            b"\xc0\xaf",
            b"\xf4\x90\x80\x80",
        ] {
            assert!(!is_text(bad), "{bad:?}");
        }
    }
}
