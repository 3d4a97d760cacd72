use axum::http::{HeaderMap, HeaderName, HeaderValue};

/// A field that may stand there once, and does so several times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Repeated;

/// The one field of this name, if there is one.
///
/// # Errors
///
/// If there are several.
pub(crate) fn sole<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Result<Option<&'h HeaderValue>, Repeated> {
    // Where no name stands there twice, one look is enough.
    if headers.len() == headers.keys_len() {
        return Ok(headers.get(name));
    }
    let mut fields = headers.get_all(name).iter();
    let first = fields.next();
    if fields.next().is_some() {
        Err(Repeated)
    } else {
        Ok(first)
    }
}

#[cfg(test)]
mod tests {
    use axum::http::header::{ACCEPT, AUTHORIZATION, HOST};

    use super::*;

    #[test]
    fn a_name_that_stands_there_twice_is_found_out_whatever_else_does() {
        let mut headers = HeaderMap::new();
        let value = HeaderValue::from_static;
        headers.append(HOST, value("a"));
        headers.append(AUTHORIZATION, value("b"));
        assert_eq!(sole(&headers, &AUTHORIZATION), Ok(Some(&value("b"))));
        assert_eq!(sole(&headers, &ACCEPT), Ok(None));
        headers.append(HOST, value("a"));
        assert_eq!(sole(&headers, &AUTHORIZATION), Ok(Some(&value("b"))));
        assert_eq!(sole(&headers, &HOST), Err(Repeated));
        assert_eq!(sole(&headers, &ACCEPT), Ok(None));
        headers.append(AUTHORIZATION, value("b"));
        assert_eq!(sole(&headers, &AUTHORIZATION), Err(Repeated));
    }
}
