use axum::http::HeaderValue;

/// What a `WWW-Authenticate` field says (RFC 6750 §3).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Challenge {
    error: Option<(&'static str, &'static str)>,
    scope: Option<String>,
}

impl Challenge {
    /// No credential was sent: no error code (RFC 6750 §3.1).
    pub(crate) fn bare() -> Self {
        Self::default()
    }

    /// An error code with its description.
    pub(crate) fn error(code: &'static str, description: &'static str) -> Self {
        Self {
            error: Some((code, description)),
            scope: None,
        }
    }

    /// The scopes that would do.
    pub(crate) fn scope(mut self, scope: String) -> Self {
        self.scope = Some(scope);
        self
    }

    /// The field's value. Each parameter stands once; every part was checked before it came here: the realm at
    /// start-up, scopes by the policy's grammar, code and description are constants of ours.
    pub(crate) fn render(&self, realm: &str) -> HeaderValue {
        let mut text = format!("Bearer realm=\"{realm}\"");
        if let Some((code, description)) = self.error {
            text.push_str(&format!(", error=\"{code}\", error_description=\"{description}\""));
        }
        if let Some(scope) = &self.scope {
            text.push_str(&format!(", scope=\"{scope}\""));
        }
        HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("Bearer"))
    }
}

/// Can this stand in a quoted string without escapes: `%x20-21 / %x23-5B / %x5D-7E` (RFC 6750 §3)?
pub(crate) fn quotable(text: &str) -> bool {
    text.bytes()
        .all(|b| matches!(b, 0x20 | 0x21 | 0x23..=0x5b | 0x5d..=0x7e))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a6_each_parameter_stands_once_and_quotes_cleanly() {
        let challenge =
            Challenge::error("insufficient_scope", "the access token lacks a scope").scope("a b".to_owned());
        assert_eq!(
            challenge.render("api"),
            "Bearer realm=\"api\", error=\"insufficient_scope\", \
             error_description=\"the access token lacks a scope\", scope=\"a b\""
        );
        assert_eq!(Challenge::bare().render("api"), "Bearer realm=\"api\"");
        assert!(quotable("my api") && !quotable("a\"b") && !quotable("a\\b") && !quotable("a\r\nb"));
    }
}
