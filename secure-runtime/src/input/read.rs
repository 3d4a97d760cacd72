//! The formats of inputs, read so that there is one reading only, and checked.

use std::borrow::Cow;
use std::collections::HashSet;

use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::Input;
use super::node::{Node, Pairs};
use super::refusals::malformed;
use super::report::{Found, Report};
use crate::Problem;
use crate::authn::Principal;
use crate::json::{self, Refused};

/// 422 with every rule that the value breaks, 403 with every member that the caller may not set.
pub(crate) fn checked<T: Input>(value: T, caller: Option<&Principal>) -> Result<T, Problem> {
    let mut found = Found::default();
    value.check(&mut Report::new(&mut found, caller));
    found.into_result(caller).map(|()| value)
}

/// A JSON text (RFC 8259): UTF-8 without a byte order mark, one value, at most 64 levels, no member twice.
///
/// # Errors
///
/// 400 for what is not such a text; 422 or 403 for what [`checked`] refuses, and for what is not of the type, with
/// everything that is wrong.
pub(super) fn json<T: Input>(body: &[u8], caller: Option<&Principal>) -> Result<T, Problem> {
    if body.is_empty() {
        return Err(malformed("the body is empty, and this endpoint reads JSON"));
    }
    if body.starts_with("\u{feff}".as_bytes()) {
        return Err(malformed(
            "the body begins with a byte order mark, which JSON does not have",
        ));
    }
    let text = std::str::from_utf8(body).map_err(|_| malformed("the body is not UTF-8"))?;
    let refused = match json::from_str::<T>(text) {
        Ok(value) => return checked(value, caller),
        Err(refused) => refused,
    };
    Err(match refused {
        Refused::Syntax => malformed("the body is not JSON"),
        Refused::Duplicate => malformed("the body names a member of an object twice"),
        Refused::Depth => malformed("the body is nested deeper than 64 levels"),
        Refused::Shape => match serde_json::from_str::<Value>(text) {
            Ok(value) => inspected::<T>(&Node::json(&value), caller),
            Err(error) => Problem::broken(error),
        },
    })
}

/// A query or a form (`application/x-www-form-urlencoded`): each name once, every escape whole, UTF-8.
///
/// # Errors
///
/// 400 for what is not such a text; else as for [`json`].
pub(super) fn pairs<T: Input>(text: &str, caller: Option<&Principal>) -> Result<T, Problem> {
    if !is_well_escaped(text) {
        return Err(malformed("an escape in the query or form is not whole, or not UTF-8"));
    }
    let pairs: Vec<_> = form_urlencoded::parse(text.as_bytes()).collect();
    if let Some(twice) = repeated(&pairs) {
        let mut found = Found::default();
        let mut report = Report::new(&mut found, caller);
        report.at(twice).breaks("unique", "is given more than once");
        return Err(malformed("the query or form gives a name more than once").violations(found.into_violations()));
    }
    match serde_urlencoded::from_str::<T>(text) {
        Ok(value) => checked(value, caller),
        Err(_) => Err(inspected::<T>(&Node::pairs(&pairs), caller)),
    }
}

/// What is wrong with a value that is not of the type.
fn inspected<T: Input>(node: &Node<'_>, caller: Option<&Principal>) -> Problem {
    let mut found = Found::in_parts(node.parts());
    let mut report = Report::new(&mut found, caller);
    T::inspect(node, &mut report);
    if found.is_empty() {
        // Each part can be read and the whole cannot: what the parts mean to each other is wrong.
        Report::new(&mut found, caller).breaks("type", "is not of the form that is expected here");
    }
    match found.into_result(caller) {
        Err(problem) => problem,
        Ok(()) => Problem::broken("an input was refused, and nothing is wrong with it"),
    }
}

/// Two digits stand behind each `%`.
pub(super) fn has_whole_escapes(text: &str) -> bool {
    if memchr::memchr(b'%', text.as_bytes()).is_none() {
        return true;
    }
    text.split('%').skip(1).all(|rest| {
        let digits = rest.as_bytes().get(..2);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    })
}

fn is_well_escaped(text: &str) -> bool {
    let utf8 = |piece: &str| percent_decode_str(piece).decode_utf8().is_ok();
    has_whole_escapes(text) && text.split(['&', '=']).all(utf8)
}

fn repeated<'n>(pairs: &'n Pairs<'_>) -> Option<&'n str> {
    let mut seen: HashSet<&Cow<'_, str>> = HashSet::new();
    pairs
        .iter()
        .map(|(name, _)| name)
        .find(|name| !seen.insert(name))
        .map(AsRef::as_ref)
}

#[cfg(test)]
mod tests {
    use super::is_well_escaped;

    #[test]
    fn b3_escapes_are_whole_and_utf8() {
        for fine in ["", "a=1&b=%20", "a=%C3%BC", "a+b=c", "%25=%26", "a=ü"] {
            assert!(is_well_escaped(fine), "{fine:?}");
        }
        for bad in ["a=%", "a=%2", "a=%zz", "a=%ff", "a=%C3&b=%BC", "%c3=%bc", "a=%+1"] {
            assert!(!is_well_escaped(bad), "{bad:?}");
        }
    }
}
