//! A reader of RFC 8259's grammar that shares nothing with the one under test: it only says yes or no.
//!
//! Its productions are the standard's, in its order. Texts that the standard's grammar allows and our endpoint refuses for
//! other reasons (a member twice, an escape that is half of a pair, a number above every double) are no business of it.

/// Deeper than any text here that is JSON. Without a limit, 100,000 opened lists would take the whole stack.
const DEEPEST: usize = 500;

/// Is it JSON, in UTF-8?
pub(super) fn is_json(text: &[u8]) -> bool {
    std::str::from_utf8(text).is_ok() && document(text) == Some(&[])
}

/// What remains behind a production; `None` where it does not match.
type Rest<'t> = Option<&'t [u8]>;

/// `JSON-text = ws value ws`.
fn document(text: &[u8]) -> Rest<'_> {
    value(white(text), DEEPEST).map(white)
}

/// `ws = *( %x20 / %x09 / %x0A / %x0D )`.
fn white(text: &[u8]) -> &[u8] {
    let end = text.iter().position(|byte| !b" \t\n\r".contains(byte));
    &text[end.unwrap_or(text.len())..]
}

/// A structural character, with white space around it.
fn structural(text: &[u8], byte: u8) -> Rest<'_> {
    white(text).strip_prefix(&[byte]).map(white)
}

fn value(text: &[u8], room: usize) -> Rest<'_> {
    let within = room.checked_sub(1)?;
    match text.first()? {
        b'{' => object(text, within),
        b'[' => array(text, within),
        b'"' => string(text),
        b'f' => text.strip_prefix(b"false"),
        b'n' => text.strip_prefix(b"null"),
        b't' => text.strip_prefix(b"true"),
        _ => number(text),
    }
}

fn object(text: &[u8], room: usize) -> Rest<'_> {
    let mut rest = structural(text, b'{')?;
    if let Some(end) = rest.strip_prefix(b"}") {
        return Some(end);
    }
    loop {
        rest = value(structural(string(rest)?, b':')?, room)?;
        match structural(rest, b',') {
            Some(next) => rest = next,
            None => return white(rest).strip_prefix(b"}"),
        }
    }
}

fn array(text: &[u8], room: usize) -> Rest<'_> {
    let mut rest = structural(text, b'[')?;
    if let Some(end) = rest.strip_prefix(b"]") {
        return Some(end);
    }
    loop {
        rest = value(rest, room)?;
        match structural(rest, b',') {
            Some(next) => rest = next,
            None => return white(rest).strip_prefix(b"]"),
        }
    }
}

/// `number = [ minus ] int [ frac ] [ exp ]`.
fn number(text: &[u8]) -> Rest<'_> {
    let text = text.strip_prefix(b"-").unwrap_or(text);
    let mut rest = match text.strip_prefix(b"0") {
        Some(rest) => rest,
        None => digits(text)?,
    };
    if let Some(fraction) = rest.strip_prefix(b".") {
        rest = digits(fraction)?;
    }
    if let [b'e' | b'E', exponent @ ..] = rest {
        let unsigned = exponent.strip_prefix(b"+").or_else(|| exponent.strip_prefix(b"-"));
        rest = digits(unsigned.unwrap_or(exponent))?;
    }
    Some(rest)
}

/// `1*DIGIT`.
fn digits(text: &[u8]) -> Rest<'_> {
    let end = text
        .iter()
        .position(|byte| !byte.is_ascii_digit())
        .unwrap_or(text.len());
    (end > 0).then(|| &text[end..])
}

fn string(text: &[u8]) -> Rest<'_> {
    let mut rest = text.strip_prefix(b"\"")?;
    loop {
        rest = match rest {
            [b'"', end @ ..] => return Some(end),
            [b'\\', b'u', a, b, c, d, next @ ..] if [a, b, c, d].iter().all(|byte| byte.is_ascii_hexdigit()) => next,
            [b'\\', b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't', next @ ..] => next,
            [b'\\' | 0..=0x1f, ..] | [] => return None,
            [_, next @ ..] => next,
        };
    }
}
