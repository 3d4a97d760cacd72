use axum::http::StatusCode;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;

use super::Challenge;
use crate::Problem;
use crate::audit::Reason;

/// The one credential of a request.
pub(crate) enum Credential<'r> {
    /// None was sent.
    Missing,
    /// A scheme that we do not take.
    Unsupported,
    /// An access token.
    Token(Scheme, &'r str),
}

/// How an access token was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    /// RFC 6750 §2.1.
    Bearer,
    /// RFC 9449 §7.1.
    Dpop,
}

impl Scheme {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Bearer => "Bearer",
            Self::Dpop => "DPoP",
        }
    }

    fn of(field: &str) -> Option<Self> {
        let scheme = field.split(' ').next()?;
        [Self::Bearer, Self::Dpop]
            .into_iter()
            .find(|known| scheme.eq_ignore_ascii_case(known.name()))
    }
}

/// Reads the one credential of a request, and refuses a request that has more than one.
///
/// The token is taken from the `Authorization` header only. One in the query is refused by name: it would stand in
/// every log on the way (RFC 9700 §4.3.2).
///
/// # Errors
///
/// 400 `invalid_request` for two `Authorization` headers or a token in the query; 401 `invalid_token` for a token that
/// is no token68.
pub(crate) fn read(parts: &Parts) -> Result<Credential<'_>, Problem> {
    if has_query_token(parts.uri.query().unwrap_or("")) {
        return Err(ambiguous(
            "an access token in the query is never accepted; send it in the Authorization header",
        ));
    }
    let mut fields = parts.headers.get_all(AUTHORIZATION).iter();
    let Some(field) = fields.next() else {
        return Ok(Credential::Missing);
    };
    if fields.next().is_some() {
        return Err(ambiguous("the request has more than one Authorization header"));
    }
    let Ok(field) = field.to_str() else {
        return Err(invalid("the access token is malformed"));
    };
    let Some(scheme) = Scheme::of(field) else {
        return Ok(Credential::Unsupported);
    };
    let (_, token) = field.split_once(' ').unwrap_or((field, ""));
    let token = token.trim_matches(' ');
    if is_token68(token) {
        Ok(Credential::Token(scheme, token))
    } else {
        Err(invalid("the access token is malformed"))
    }
}

/// The scheme of a request's token, where a refusal has to name it: an error belongs to the scheme that was used
/// (RFC 9449 §7.2).
pub(crate) fn scheme_used(parts: &Parts) -> Option<Scheme> {
    parts.headers.get(AUTHORIZATION)?.to_str().ok().and_then(Scheme::of)
}

/// RFC 9110 §11.2.
pub(in crate::authn) fn is_token68(token: &str) -> bool {
    let body = token.trim_end_matches('=');
    !body.is_empty()
        && body
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-._~+/".contains(&b))
}

fn has_query_token(query: &str) -> bool {
    // Decoded, so that `access%5Ftoken` is the same name to us as to whoever reads the query after us.
    (query.contains("access_token") || query.contains('%'))
        && axum::extract::Query::<Vec<(String, String)>>::try_from_uri(
            &axum::http::Uri::builder()
                .path_and_query(format!("/?{query}"))
                .build()
                .unwrap_or_default(),
        )
        .is_ok_and(|pairs| pairs.iter().any(|(name, _)| name == "access_token"))
}

/// 400 `invalid_request` (RFC 6750 §3.1).
pub(crate) fn ambiguous(description: &'static str) -> Problem {
    Problem::refusal(StatusCode::BAD_REQUEST, Reason::CredentialAmbiguous)
        .detail(description)
        .challenge(Challenge::error("invalid_request", description))
}

/// 401 `invalid_token` (RFC 6750 §3.1).
pub(crate) fn invalid(description: &'static str) -> Problem {
    Problem::refusal(StatusCode::UNAUTHORIZED, Reason::CredentialInvalid)
        .detail(description)
        .challenge(Challenge::error("invalid_token", description))
}

/// 401 without an error code (RFC 6750 §3.1).
pub(crate) fn missing() -> Problem {
    Problem::refusal(StatusCode::UNAUTHORIZED, Reason::CredentialMissing).challenge(Challenge::bare())
}

/// A good credential that anybody who copies it could use, where that is not enough.
pub(crate) fn unbound() -> Problem {
    invalid("this endpoint takes only tokens that are bound to a key of the sender")
}
