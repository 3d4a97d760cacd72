use axum::http::StatusCode;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;

use super::Challenge;
use crate::Problem;
use crate::audit::Reason;
use crate::header_field::{Repeated, sole};

/// The one credential of a request.
pub(crate) enum Credential<'r> {
    /// None was sent.
    Missing,
    /// A scheme that we do not take.
    Unsupported,
    /// An access token.
    Token(Scheme, Token<'r>),
}

/// An access token, as it was sent. Whether it is written like one is looked at when it has to be read: what is known to the
/// letter was.
#[derive(Clone, Copy)]
pub(crate) struct Token<'r>(&'r [u8]);

impl<'r> Token<'r> {
    pub(crate) const fn bytes(self) -> &'r [u8] {
        self.0
    }

    /// As a text, whatever it says.
    pub(crate) fn as_str(self) -> Option<&'r str> {
        std::str::from_utf8(self.0).ok()
    }

    /// # Errors
    ///
    /// 401 `invalid_token` for what is no token68 (RFC 9110 §11.2).
    pub(crate) fn text(self) -> Result<&'r str, Problem> {
        self.as_str()
            .filter(|text| is_token68(text))
            .ok_or_else(|| invalid(MALFORMED))
    }

    #[cfg(feature = "testing")]
    pub(crate) const fn of(text: &'r str) -> Self {
        Self(text.as_bytes())
    }
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

    /// The scheme of a field, where we know it, and what stands behind it.
    fn of(field: &[u8]) -> Option<(Self, &[u8])> {
        [Self::Bearer, Self::Dpop].into_iter().find_map(|known| {
            let (scheme, rest) = field.split_at_checked(known.name().len())?;
            let ends = rest.first().is_none_or(|byte| *byte == b' ');
            (ends && scheme.eq_ignore_ascii_case(known.name().as_bytes())).then_some((known, rest))
        })
    }
}

/// Reads the one credential of a request, and refuses a request that has more than one.
///
/// The token is taken from the `Authorization` header only. One in the query is refused by name: it would stand in
/// every log on the way (RFC 9700 §4.3.2).
///
/// # Errors
///
/// 400 `invalid_request` for two `Authorization` headers or a token in the query.
pub(crate) fn read(parts: &Parts) -> Result<Credential<'_>, Problem> {
    if has_query_token(parts.uri.query().unwrap_or("")) {
        return Err(ambiguous(
            "an access token in the query is never accepted; send it in the Authorization header",
        ));
    }
    let field = sole(&parts.headers, &AUTHORIZATION)
        .map_err(|Repeated| ambiguous("the request has more than one Authorization header"))?;
    let Some(field) = field else {
        return Ok(Credential::Missing);
    };
    Ok(match Scheme::of(field.as_bytes()) {
        Some((scheme, token)) => Credential::Token(scheme, Token(trimmed(token))),
        None => Credential::Unsupported,
    })
}

/// Without blanks at either end.
fn trimmed(mut token: &[u8]) -> &[u8] {
    while let [b' ', rest @ ..] | [rest @ .., b' '] = token {
        token = rest;
    }
    token
}

/// The scheme of a request's token, where a refusal has to name it: an error belongs to the scheme that was used
/// (RFC 9449 §7.2).
pub(crate) fn scheme_used(parts: &Parts) -> Option<Scheme> {
    Scheme::of(parts.headers.get(AUTHORIZATION)?.as_bytes()).map(|(scheme, _)| scheme)
}

/// RFC 9110 §11.2.
pub(in crate::authn) fn is_token68(token: &str) -> bool {
    let body = token.trim_end_matches('=').as_bytes();
    // So many at a time, for which the compiler has instructions that compare them all at once.
    let mut blocks = body.chunks_exact(32);
    let fits = |bytes: &[u8]| bytes.iter().fold(true, |all, byte| all & is_of_token68(*byte));
    !body.is_empty() && blocks.all(fits) && fits(blocks.remainder())
}

const fn is_of_token68(byte: u8) -> bool {
    let letter = (byte | 0x20).wrapping_sub(b'a') < 26;
    // `-`, `.`, `/` and digits follow each other.
    letter | (byte.wrapping_sub(b'-') < 13) | (byte == b'_') | (byte == b'~') | (byte == b'+')
}

fn has_query_token(query: &str) -> bool {
    if query.is_empty() {
        return false;
    }
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

/// What a token is told that nobody has verified: all of it is the attacker's text, so nothing is said about what is wrong.
pub(crate) const UNVERIFIED: &str = "the access token is invalid";
/// What is told of what cannot be a token.
pub(crate) const MALFORMED: &str = "the access token is malformed";
/// What is told of a token that was good.
pub(crate) const EXPIRED: &str = "the access token expired";

/// What floods of tokens are told.
pub(crate) const USUAL: [&str; 3] = [UNVERIFIED, MALFORMED, EXPIRED];

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
