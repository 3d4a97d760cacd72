use axum::http::HeaderValue;

use crate::authn::Unavailable;

/// Why a request with a sender-constrained token is refused.
#[derive(Debug)]
pub(crate) enum Refused {
    /// The proof itself is wrong (RFC 9449 §4.3).
    Proof(&'static str),
    /// The token is not bound to this sender, or not to any (RFC 9449 §7.1, RFC 8705 §3).
    Token(&'static str),
    /// The proof lacks a nonce that counts. This is the one to use (RFC 9449 §9).
    Nonce(HeaderValue),
    /// It could not be found out.
    Unavailable(Unavailable),
}

impl Refused {
    /// `error` of the challenge and its description, for a 401; nothing for a 503.
    pub(crate) fn error(&self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Proof(description) => Some(("invalid_dpop_proof", description)),
            Self::Token(description) => Some(("invalid_token", description)),
            Self::Nonce(_) => Some(("use_dpop_nonce", "the DPoP proof lacks the nonce of this server")),
            Self::Unavailable(_) => None,
        }
    }
}

/// May a token with this `cnf.jkt` come with the scheme `Bearer`? One that is bound to a key may not: whoever stole it could
/// then send it without a proof (RFC 9449 §7.2). This holds where no proof could be checked, too.
///
/// # Errors
///
/// 401 `invalid_token`.
pub(crate) fn check_bearer(jkt: Option<&str>) -> Result<(), Refused> {
    match jkt {
        None => Ok(()),
        Some(_) => Err(Refused::Token(
            "the access token is bound to a key, and came without the proof of it",
        )),
    }
}
