use jsonwebtoken::{Algorithm, DecodingKey};
use secure_benches::scenario::{Issuer, SECRET, Signing};
use serde::Deserialize;

/// What every stack reads of a token: who, what they may, and for how long; the rest is checked and forgotten.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Claims {
    pub(crate) sub: String,
    pub(crate) scope: String,
    pub(crate) exp: u64,
}

/// The scope that the endpoint asks for.
pub(crate) const SCOPE: &str = "read:profile";
/// How much a body may have.
pub(crate) const MAX_BODY: usize = 1 << 20;
/// Requests of a caller that may come at once; one more is granted each microsecond, so that none is refused.
pub(crate) const BURST: u32 = 1000;

/// As jsonwebtoken names it.
pub(crate) fn algorithm(signing: Signing) -> Algorithm {
    match signing {
        Signing::Hs256 => Algorithm::HS256,
        Signing::Es256 => Algorithm::ES256,
        Signing::Rs256 => Algorithm::RS256,
        Signing::EdDsa => Algorithm::EdDSA,
    }
}

/// What jsonwebtoken verifies the issuer's tokens with.
pub(crate) fn decoding_key(issuer: &Issuer) -> DecodingKey {
    let pem = issuer.public_pem().unwrap_or_default().as_bytes();
    let key = match issuer.signing() {
        Signing::Hs256 => Ok(DecodingKey::from_secret(SECRET)),
        Signing::Es256 => DecodingKey::from_ec_pem(pem),
        Signing::Rs256 => DecodingKey::from_rsa_pem(pem),
        Signing::EdDsa => DecodingKey::from_ed_pem(pem),
    };
    key.expect("a public key")
}
