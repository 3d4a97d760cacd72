/// The node that an element of `Forwarded` names: the value of `for` (RFC 7239 §4).
///
/// `None` for an element without one, or with two, or that is not written as the RFC has it; blanks around `;` are let pass.
pub(super) fn node(element: &[u8]) -> Option<String> {
    let mut node = None;
    let mut rest = element.trim_ascii();
    while !rest.is_empty() {
        let (name, after) = token(rest);
        // A pair may be missing, as in `for=192.0.2.1;`.
        if !name.is_empty() {
            let [b'=', after @ ..] = after else {
                return None;
            };
            let (value, after) = value(after)?;
            if name.eq_ignore_ascii_case(b"for") && node.replace(value).is_some() {
                return None;
            }
            rest = after.trim_ascii_start();
        }
        rest = match rest {
            [b';', after @ ..] => after.trim_ascii_start(),
            [] => rest,
            _ => return None,
        };
    }
    String::from_utf8(node?).ok()
}

/// A token, or what a quoted string says (RFC 9110 §5.6.4); and what follows.
fn value(text: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let [b'"', quoted @ ..] = text else {
        let (token, after) = token(text);
        return (!token.is_empty()).then(|| (token.to_vec(), after));
    };
    let (mut value, mut bytes) = (Vec::new(), quoted.iter());
    loop {
        match bytes.next()? {
            b'"' => return Some((value, bytes.as_slice())),
            b'\\' => value.push(*bytes.next()?),
            byte => value.push(*byte),
        }
    }
}

/// As many characters of a token (RFC 9110 §5.6.2) as there are, and what follows.
fn token(text: &[u8]) -> (&[u8], &[u8]) {
    let is_token = |byte: &u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(byte);
    let end = text.iter().position(|byte| !is_token(byte));
    text.split_at(end.unwrap_or(text.len()))
}

/// Tells commas between elements from those in quoted strings, while a line is read from its end.
///
/// The text of a proxy stands at the end and is found whole, whatever stands before it: an open quote of the client's, which
/// would swallow it for a reader from the left, is never met.
#[derive(Clone, Copy, Default)]
pub(super) enum FromTheRight {
    #[default]
    Outside,
    Quoted,
    /// Before a quote, which began the string unless a backslash makes it part of it: what stands before a string is `=`.
    Quote,
}

impl FromTheRight {
    /// Does this byte, the next to the left, end an element?
    pub(super) fn is_separator(&mut self, byte: u8) -> bool {
        *self = match (*self, byte) {
            (Self::Quoted, b'"') => Self::Quote,
            (Self::Quoted, _) | (Self::Quote, b'\\') => Self::Quoted,
            (Self::Outside | Self::Quote, b'"') => Self::Quoted,
            (Self::Outside | Self::Quote, _) => Self::Outside,
        };
        matches!(self, Self::Outside) && byte == b','
    }
}
