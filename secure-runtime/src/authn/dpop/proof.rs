use std::borrow::Cow;

use axum::http::{HeaderMap, HeaderName};
use serde::Deserialize;
use serde::de::IgnoredAny as Anything;

use crate::authn::compact::{Compact, read};
use crate::authn::jwk::Jwk;
use crate::authn::jwt::{NumericDate, PreparedKey, SignatureAlgorithm};
use crate::header_field::{Repeated, sole};
use crate::json::not_null;

/// The header that brings the proof (RFC 9449 §4.1).
static DPOP: HeaderName = HeaderName::from_static("dpop");

/// The longest proof that is looked at, in bytes. One with an RSA key of 8192 bits has about 4 KiB.
const MAX_PROOF: usize = 8 * 1024;

/// What the header of a proof announces (RFC 9449 §4.2). Members that point to a key (`kid`, `jku`, `x5u`, `x5c`) are not even
/// named: the key is the one in `jwk`, and counts because the token names its thumbprint.
#[derive(Deserialize)]
struct Header<'p> {
    #[serde(borrow)]
    typ: Cow<'p, str>,
    #[serde(borrow)]
    alg: Cow<'p, str>,
    jwk: Jwk,
    // Present or not is what counts, whatever the value.
    #[serde(default, deserialize_with = "not_null")]
    crit: Option<Anything>,
    #[serde(default, deserialize_with = "not_null")]
    b64: Option<Anything>,
    #[serde(default, deserialize_with = "not_null")]
    zip: Option<Anything>,
    #[serde(default, deserialize_with = "not_null")]
    cty: Option<Anything>,
}

/// What a proof says (RFC 9449 §4.2). A claim that is absent or of the wrong type fails the whole proof.
#[derive(Deserialize)]
pub(super) struct Claims<'p> {
    #[serde(borrow)]
    pub(super) jti: Cow<'p, str>,
    #[serde(borrow)]
    pub(super) htm: Cow<'p, str>,
    #[serde(borrow)]
    pub(super) htu: Cow<'p, str>,
    pub(super) iat: NumericDate,
    #[serde(borrow)]
    pub(super) ath: Cow<'p, str>,
    #[serde(borrow, default, deserialize_with = "not_null")]
    pub(super) nonce: Option<Cow<'p, str>>,
}

/// A proof whose key is known, and nothing else yet.
pub(super) struct Proof<'r> {
    compact: Compact<'r>,
    algorithm: SignatureAlgorithm,
    jwk: Jwk,
    pub(super) thumbprint: String,
}

impl<'r> Proof<'r> {
    /// The one proof of a request, by form and header.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub(super) fn read(headers: &'r HeaderMap, allowed: &[SignatureAlgorithm]) -> Result<Self, &'static str> {
        const MALFORMED: &str = "the DPoP proof is malformed";
        let field = sole(headers, &DPOP).map_err(|Repeated| "the request has more than one DPoP header")?;
        let field = field.ok_or("the request has no DPoP proof")?;
        let text = field.to_str().map_err(|_| MALFORMED)?;
        let compact = Compact::split(text, MAX_PROOF).ok_or(MALFORMED)?;
        let header = compact.header().ok_or(MALFORMED)?;
        let header: Header<'_> = read(&header).ok_or(MALFORMED)?;
        // The names of media types have no case (RFC 7515 §4.1.9, RFC 6838 §4.2). RFC 9449 §4.2 gives this one without the
        // prefix `application/`, so no other spelling is taken.
        if !header.typ.eq_ignore_ascii_case("dpop+jwt") {
            return Err("the DPoP proof is of another type");
        }
        // We understand no extension, so a critical one cannot be honoured (RFC 7515 §4.1.11, RFC 7797 §6); `zip` and `cty`
        // belong to encrypted and nested tokens.
        if [&header.crit, &header.b64, &header.zip, &header.cty]
            .iter()
            .any(|member| member.is_some())
        {
            return Err("the header of the DPoP proof has a member that it may not have");
        }
        let algorithm = allowed.iter().find(|algorithm| algorithm.name() == header.alg);
        let algorithm = *algorithm.ok_or("the DPoP proof is signed by an algorithm that is not taken")?;
        if header.jwk.is_private() {
            return Err("the DPoP proof shows a private key, which must never be used again");
        }
        let fits = header.jwk.is_for_signatures() && header.jwk.algorithm(&[algorithm]) == Some(algorithm);
        let thumbprint = header.jwk.thumbprint().filter(|_| fits);
        Ok(Self {
            thumbprint: thumbprint.ok_or("the key of the DPoP proof does not go with its algorithm")?,
            compact,
            algorithm,
            jwk: header.jwk,
        })
    }

    /// The payload, once the signature is verified by the key that the proof shows.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub(super) fn verified(self) -> Result<Vec<u8>, &'static str> {
        const UNSIGNED: &str = "the DPoP proof is not signed by its key";
        let key = self.jwk.key(self.algorithm).ok_or(UNSIGNED)?;
        let key = PreparedKey::of(None, self.algorithm, key);
        let signature = self.compact.signature().ok_or(UNSIGNED)?;
        if !key.verifies(self.compact.signed.as_bytes(), &signature) {
            return Err(UNSIGNED);
        }
        self.compact.payload().ok_or("the DPoP proof is malformed")
    }
}
