//! Where a request may bring a key, and where it may not.

use axum::http::request::Parts;
use axum::http::{HeaderName, StatusCode};

use super::form::Form;
use super::verify::invalid;
use crate::Problem;
use crate::audit::Reason;
use crate::header_field::{Repeated, sole};

/// The longest field that is looked at, in bytes. No key is that long.
const MAX_FIELD: usize = 256;

/// The header that brings a key, and what a query must not bring.
pub(crate) struct Places {
    header: HeaderName,
    /// In lower case.
    names: Vec<String>,
    form: Form,
}

impl Places {
    pub(super) fn new(header: HeaderName, names: &[String], form: Form) -> Self {
        let mut names: Vec<_> = names.iter().map(|name| name.to_lowercase()).collect();
        names.push(header.as_str().to_owned());
        Self { header, names, form }
    }

    /// The key of a request, if it brings one.
    ///
    /// # Errors
    ///
    /// 400 for a key in the query, or in two fields; 401 for a field that no key can be.
    pub(crate) fn read<'r>(&self, parts: &'r Parts) -> Result<Option<&'r str>, Problem> {
        if self.in_query(parts.uri.query().unwrap_or("")) {
            return Err(ambiguous(format!(
                "an API key in the query is never accepted; send it in the header {}, and replace it: it stands in logs now",
                self.header
            )));
        }
        read(parts, &self.header)
    }

    /// Does the query bring a key, by name or by what it is?
    pub(crate) fn in_query(&self, query: &str) -> bool {
        in_query(query, &self.names, &self.form)
    }
}

/// The one field of this name.
fn read<'r>(parts: &'r Parts, header: &HeaderName) -> Result<Option<&'r str>, Problem> {
    let field = sole(&parts.headers, header)
        .map_err(|Repeated| ambiguous(format!("the request has more than one {header} header")))?;
    let Some(field) = field else {
        return Ok(None);
    };
    let text = field.to_str().ok().filter(|text| text.len() <= MAX_FIELD);
    match text {
        Some(key) if !key.is_empty() && key.bytes().all(|b| b.is_ascii_graphic()) => Ok(Some(key)),
        _ => Err(invalid("no key can be that long, empty, or have such characters")),
    }
}

/// Names and values are compared as whoever reads the query after us has them: decoded, once.
fn in_query(query: &str, names: &[String], form: &Form) -> bool {
    form_urlencoded::parse(query.as_bytes()).any(|(name, value)| {
        let lower = name.to_lowercase();
        names.contains(&lower) || form.is_in(&value) || form.is_in(&name)
    })
}

fn ambiguous(detail: String) -> Problem {
    Problem::refusal(StatusCode::BAD_REQUEST, Reason::CredentialAmbiguous).detail(detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places() -> Places {
        let names = ["api_key".to_owned(), "Token".to_owned()];
        Places::new(
            HeaderName::from_static("x-myapp-key"),
            &names,
            Form::new("myapp").unwrap(),
        )
    }

    fn key() -> String {
        Form::new("myapp").unwrap().generate().unwrap().expose().to_owned()
    }

    fn parts(uri: &str, fields: &[(&str, &[u8])]) -> Parts {
        let mut request = axum::http::Request::builder().uri(uri);
        for (name, value) in fields {
            request = request.header(*name, *value);
        }
        request.body(()).unwrap().into_parts().0
    }

    #[test]
    fn p1_a_key_comes_in_its_header_and_in_no_other() {
        let key = key();
        let found = parts("/", &[("x-myapp-key", key.as_bytes())]);
        assert_eq!(places().read(&found).unwrap(), Some(&*key));
        for other in ["x-api-key", "authorization", "cookie", "myapp-key"] {
            let parts = parts("/", &[(other, key.as_bytes())]);
            assert_eq!(places().read(&parts).unwrap(), None, "{other}");
        }
        assert_eq!(places().read(&parts("/", &[])).unwrap(), None);
    }

    #[test]
    fn a5_two_keys_are_refused_even_if_they_are_the_same() {
        let key = key();
        let twice = parts("/", &[("x-myapp-key", key.as_bytes()), ("X-MyApp-Key", key.as_bytes())]);
        let refused = places().read(&twice).unwrap_err();
        assert_eq!(
            (refused.status(), refused.reason()),
            (StatusCode::BAD_REQUEST, Some(Reason::CredentialAmbiguous))
        );
    }

    #[test]
    fn a3_a_field_that_no_key_can_be_is_a_bad_credential_and_not_a_missing_one() {
        let long = vec![b'a'; MAX_FIELD + 1];
        let huge = vec![b'a'; 64 * 1024];
        let fields: [&[u8]; 7] = [b"", b"a b", b" ", b"a\tb", b"k\xc3\xa9y", &long, &huge];
        for field in fields {
            let refused = places().read(&parts("/", &[("x-myapp-key", field)])).unwrap_err();
            assert_eq!(
                refused.status(),
                StatusCode::UNAUTHORIZED,
                "{:?}",
                field.escape_ascii().to_string().get(..8)
            );
        }
        let longest = vec![b'a'; MAX_FIELD];
        assert!(
            places()
                .read(&parts("/", &[("x-myapp-key", &longest)]))
                .unwrap()
                .is_some()
        );
    }

    #[test]
    fn a8_a_key_in_the_query_is_refused_by_name_and_by_what_it_is() {
        let key = key();
        let coded: String = key.bytes().map(|byte| format!("%{byte:02X}")).collect();
        for query in [
            "api_key=x".to_owned(),
            "api_key".to_owned(),
            "API_KEY=".to_owned(),
            "a=b&api%5Fkey=x".to_owned(),
            "%41pi_key=x".to_owned(),
            "x-myapp-key=x".to_owned(),
            "X-MyApp-Key=x".to_owned(),
            "token=x".to_owned(),
            format!("q={key}"),
            format!("q={coded}"),
            key.clone(),
            format!("{key}=1"),
            format!("q=Bearer%20{key}"),
            format!("q=Bearer+{key}"),
            format!("q=1;key={key}"),
            format!("q=myapp_{key}"),
            format!("q={key}{key}"),
        ] {
            assert!(places().in_query(&query), "{query}");
            let fine = parts(&format!("/?{query}"), &[("x-myapp-key", key.as_bytes())]);
            let refused = places().read(&fine).unwrap_err();
            assert_eq!(refused.status(), StatusCode::BAD_REQUEST);
            let shown = String::from_utf8(refused.document()).unwrap();
            assert!(shown.contains("header x-myapp-key") && !shown.contains(&key), "{shown}");
        }
        let mistyped = format!("{}0", &key[..key.len() - 1]);
        for query in [
            "",
            "page=2&sort=key",
            "api_keys=1",
            "my_api_key=1",
            "q=myapp_",
            "q=api_key",
            "q=%ff%fe",
            "%",
            "&&=&",
            &format!("q={mistyped}x"),
        ] {
            assert!(mistyped == key || !places().in_query(query), "{query}");
        }
    }
}
