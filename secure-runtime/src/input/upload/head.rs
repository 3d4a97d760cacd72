//! The head of a part (RFC 7578 §4).

use axum::http::HeaderMap;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use mime::Mime;

use crate::Problem;
use crate::input::body::media_type;
use crate::input::refusals::malformed;

/// What the head of a part says.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) name: String,
    /// As the client sent it.
    pub(super) file_name: Option<String>,
    pub(super) declared: Option<Mime>,
}

impl Head {
    /// # Errors
    ///
    /// 400 for a part without a name, for what is ambiguous, and for a content that is coded (RFC 7578 §4.7).
    pub(super) fn read(headers: &HeaderMap) -> Result<Self, Problem> {
        let coding = headers.get("content-transfer-encoding");
        let plain = |coding: &[u8]| {
            [&b"7bit"[..], b"8bit", b"binary"]
                .iter()
                .any(|p| coding.eq_ignore_ascii_case(p))
        };
        if !coding.is_none_or(|coding| plain(coding.as_bytes())) {
            return Err(malformed("a part of the form is coded, and no coding is read there"));
        }
        let declared = media_type(headers);
        if declared.is_none() && headers.contains_key(CONTENT_TYPE) {
            return Err(malformed("a part of the form has a Content-Type that is none"));
        }
        let disposition = headers.get(CONTENT_DISPOSITION).map(|value| value.as_bytes());
        let disposition = disposition.and_then(|value| std::str::from_utf8(value).ok());
        let (name, file_name) = disposition
            .and_then(names)
            .ok_or_else(|| malformed("a part of the form does not say its name, or not clearly"))?;
        Ok(Self {
            name,
            file_name,
            declared,
        })
    }
}

/// `name` and `filename` of `form-data; name="…"; filename="…"` (RFC 7578 §4.2), each once and the first not empty.
///
/// `filename*` is passed over: it must not be there, yet some clients send it beside the other.
fn names(disposition: &str) -> Option<(String, Option<String>)> {
    let (mut name, mut file_name) = (None, None);
    let end = disposition.find(';').unwrap_or(disposition.len());
    let (kind, mut rest) = disposition.split_at(end);
    if !kind.trim_matches(BLANK).eq_ignore_ascii_case("form-data") {
        return None;
    }
    while let Some(parameter) = rest.strip_prefix(';') {
        let parameter = parameter.trim_matches(BLANK);
        if parameter.is_empty() {
            rest = parameter;
            break;
        }
        let (key, after) = parameter.split_once('=')?;
        let (key, after) = (key.trim_matches(BLANK), after.trim_matches(BLANK));
        let (value, after) = match after.strip_prefix('"') {
            Some(quoted) => unquote(quoted)?,
            None => {
                let (value, after) = after.split_at(after.find([';', ' ', '\t']).unwrap_or(after.len()));
                (is_token(value).then(|| value.to_owned())?, after)
            }
        };
        rest = after.trim_matches(BLANK);
        let slot = match key.to_ascii_lowercase().as_str() {
            "name" => &mut name,
            "filename" => &mut file_name,
            _ if is_token(key) => continue,
            _ => return None,
        };
        if slot.replace(value).is_some() {
            return None;
        }
    }
    let name = name.filter(|name| rest.is_empty() && !name.is_empty())?;
    Some((name, file_name))
}

const BLANK: [char; 2] = [' ', '\t'];

/// The text up to the closing quote, and what follows. A backslash stands for itself except before a quote or another:
/// browsers write it so, and old ones sent whole paths.
fn unquote(quoted: &str) -> Option<(String, &str)> {
    let mut text = String::new();
    let mut chars = quoted.chars();
    loop {
        match chars.next()? {
            '"' => return Some((text, chars.as_str())),
            '\\' if chars.as_str().starts_with(['"', '\\']) => text.extend(chars.next()),
            c => text.push(c),
        }
    }
}

/// RFC 9110 §5.6.2.
fn is_token(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(allowed)
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn names_of_parts_are_read_in_one_way() {
        for (disposition, name, file_name) in [
            ("form-data; name=\"a\"", "a", None),
            ("Form-Data ;NAME = a ; filename=b.png;", "a", Some("b.png")),
            (
                "form-data; filename=\"; name=evil\"; name=\"a\"",
                "a",
                Some("; name=evil"),
            ),
            ("form-data; name=\"a\\\"b\\\\c\"", "a\"b\\c", None),
            (
                "form-data; name=\"a\"; filename=\"C:\\dir\\b.png\"",
                "a",
                Some("C:\\dir\\b.png"),
            ),
            ("form-data; name=\"a\"; filename=\"\"", "a", Some("")),
            (
                "form-data; name=\"ü;=\"; filename=\"b\"; filename*=UTF-8''c",
                "ü;=",
                Some("b"),
            ),
        ] {
            let expected = Some((name.to_owned(), file_name.map(str::to_owned)));
            assert_eq!(names(disposition), expected, "{disposition}");
        }
        for bad in [
            "",
            "form-data",
            "form-data; name",
            "form-data; name=",
            "form-data; name=\"\"",
            "form-data; name=\"a",
            "form-data; name=\"a\\\"",
            "form-data; name=\"a\"b",
            "form-data; name=\"a\"; name=\"b\"",
            "form-data; name=a b",
            "form-data; name=a; filename=b; filename=c",
            "form-data; filename=\"b\"",
            "form-data; name=\"a\"; =b",
            "attachment; name=\"a\"",
            "name=\"a\"",
            "form-data, name=\"a\"",
        ] {
            assert_eq!(names(bad), None, "{bad}");
        }
    }
}
