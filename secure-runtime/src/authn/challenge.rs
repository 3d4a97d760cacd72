use axum::http::HeaderValue;

use super::credential::Scheme;

/// What a `WWW-Authenticate` field says (RFC 6750 §3), whatever the scheme.
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
}

/// What every challenge of an application says beside the refusal's own words: the ways in, and where to learn of them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Challenges {
    pub(crate) realm: String,
    /// Are access tokens accepted at all?
    pub(crate) tokens: bool,
    /// The algorithms of DPoP proofs, separated by spaces, where proofs are accepted (RFC 9449 §7.1).
    pub(crate) dpop_algs: Option<String>,
    /// Are API keys accepted? No scheme is registered for them, so this one is ours.
    pub(crate) api_keys: bool,
    /// Are clients known by their certificates? There is no scheme for that either.
    pub(crate) certificates: bool,
    /// Where the protected resource's metadata are (RFC 9728 §5.1).
    pub(crate) resource_metadata: Option<String>,
}

impl Challenges {
    /// For a refusal outside an application, which knows no ways in.
    pub(crate) fn unnamed() -> Self {
        Self {
            tokens: true,
            ..Self::default()
        }
    }

    /// A field for each way in; the error goes with the scheme that was used, or else with the first (RFC 9449 §7.2).
    ///
    /// Each parameter stands once. Every part was checked before it came here: the realm and the address at start-up, scopes by
    /// the policy's grammar, codes and descriptions are constants of ours.
    pub(crate) fn render(&self, challenge: &Challenge, used: Option<Scheme>) -> Vec<HeaderValue> {
        let mut schemes = Vec::new();
        if self.tokens {
            schemes.push(Scheme::Bearer);
        }
        if self.dpop_algs.is_some() {
            schemes.push(Scheme::Dpop);
        }
        let at_fault = used.filter(|used| schemes.contains(used)).or(schemes.first().copied());
        schemes.sort_by_key(|scheme| Some(*scheme) != at_fault);
        let plain = Challenge::bare();
        let mut fields: Vec<_> = schemes
            .into_iter()
            .map(|scheme| self.field(scheme, if Some(scheme) == at_fault { challenge } else { &plain }))
            .collect();
        if self.api_keys {
            fields.push(format!("ApiKey realm=\"{}\"", self.realm));
        }
        if self.certificates {
            fields.push(format!("Certificate realm=\"{}\"", self.realm));
        }
        let values = fields.into_iter().map(HeaderValue::try_from);
        values
            .map(|value| value.unwrap_or(HeaderValue::from_static("Bearer")))
            .collect()
    }

    fn field(&self, scheme: Scheme, challenge: &Challenge) -> String {
        let mut field = String::with_capacity(192);
        for part in [scheme.name(), " realm=\"", &self.realm, "\""] {
            field.push_str(part);
        }
        let mut add = |name: &str, value: &str| {
            for part in [", ", name, "=\"", value, "\""] {
                field.push_str(part);
            }
        };
        if let Some((code, description)) = challenge.error {
            add("error", code);
            add("error_description", description);
        }
        if let Some(scope) = &challenge.scope {
            add("scope", scope);
        }
        if let (Scheme::Dpop, Some(algs)) = (scheme, &self.dpop_algs) {
            add("algs", algs);
        }
        if let Some(address) = &self.resource_metadata {
            add("resource_metadata", address);
        }
        field
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

    fn bearer_only() -> Challenges {
        Challenges {
            realm: "api".to_owned(),
            ..Challenges::unnamed()
        }
    }

    #[test]
    fn a6_each_parameter_stands_once_and_quotes_cleanly() {
        let challenge =
            Challenge::error("insufficient_scope", "the access token lacks a scope").scope("a b".to_owned());
        assert_eq!(
            bearer_only().render(&challenge, None),
            ["Bearer realm=\"api\", error=\"insufficient_scope\", \
             error_description=\"the access token lacks a scope\", scope=\"a b\""]
        );
        assert_eq!(bearer_only().render(&Challenge::bare(), None), ["Bearer realm=\"api\""]);
        assert!(quotable("my api") && !quotable("a\"b") && !quotable("a\\b") && !quotable("a\r\nb"));
    }

    #[test]
    fn a9_the_error_stands_with_the_scheme_that_was_used() {
        let both = Challenges {
            dpop_algs: Some("ES256 EdDSA".to_owned()),
            ..bearer_only()
        };
        let challenge = Challenge::error("invalid_token", "no");
        let bearer_at_fault = [
            "Bearer realm=\"api\", error=\"invalid_token\", error_description=\"no\"",
            "DPoP realm=\"api\", algs=\"ES256 EdDSA\"",
        ];
        let dpop_at_fault = [
            "DPoP realm=\"api\", error=\"invalid_token\", error_description=\"no\", algs=\"ES256 EdDSA\"",
            "Bearer realm=\"api\"",
        ];
        assert_eq!(both.render(&challenge, Some(Scheme::Bearer)), bearer_at_fault);
        assert_eq!(both.render(&challenge, None), bearer_at_fault);
        assert_eq!(both.render(&challenge, Some(Scheme::Dpop)), dpop_at_fault);
        // What is not offered is not named.
        assert_eq!(
            bearer_only().render(&challenge, Some(Scheme::Dpop)),
            bearer_at_fault[..1]
        );
    }

    #[test]
    fn a10_each_scheme_of_tokens_names_the_metadata() {
        let with_metadata = Challenges {
            resource_metadata: Some("https://api.test/.well-known/oauth-protected-resource".to_owned()),
            api_keys: true,
            certificates: true,
            ..bearer_only()
        };
        assert_eq!(
            with_metadata.render(&Challenge::bare(), None),
            [
                "Bearer realm=\"api\", resource_metadata=\"https://api.test/.well-known/oauth-protected-resource\"",
                "ApiKey realm=\"api\"",
                "Certificate realm=\"api\"",
            ]
        );
    }
}
