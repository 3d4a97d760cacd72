//! Public keys in JSON (RFC 7517) as PEM, by aws-lc-rs: an independent way to a provider's keys.

use aws_lc_rs::encoding::{AsDer as _, PublicKeyX509Der};
use aws_lc_rs::rsa::PublicKeyComponents;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, ED25519, ParsedPublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secure_runtime::jwt::{Key, SignatureAlgorithm};
use serde_json::Value;

/// The algorithm of this name, where it is one that we have.
pub(crate) fn algorithm(name: &str) -> Option<SignatureAlgorithm> {
    Some(match name {
        "RS256" => SignatureAlgorithm::Rs256,
        "RS384" => SignatureAlgorithm::Rs384,
        "RS512" => SignatureAlgorithm::Rs512,
        "PS256" => SignatureAlgorithm::Ps256,
        "PS384" => SignatureAlgorithm::Ps384,
        "PS512" => SignatureAlgorithm::Ps512,
        "ES256" => SignatureAlgorithm::Es256,
        "ES384" => SignatureAlgorithm::Es384,
        "EdDSA" => SignatureAlgorithm::EdDsa,
        _ => return None,
    })
}

/// A key for the algorithm that it names, under its id.
pub(crate) fn key(jwk: &Value) -> Option<Key> {
    let key = Key::public_pem(algorithm(jwk["alg"].as_str()?)?, pem(jwk)?);
    Some(match jwk["kid"].as_str() {
        Some(id) => key.with_id(id),
        None => key,
    })
}

/// The public key in PEM, where it is one of a kind that we have.
pub(crate) fn pem(jwk: &Value) -> Option<String> {
    let bytes = |name: &str| URL_SAFE_NO_PAD.decode(jwk[name].as_str()?).ok();
    let der: PublicKeyX509Der<'_> = match (jwk["kty"].as_str()?, jwk["crv"].as_str()) {
        ("RSA", _) => {
            let (n, e) = (bytes("n")?, bytes("e")?);
            PublicKeyComponents { n, e }.as_der().ok()?
        }
        ("EC", Some(curve @ ("P-256" | "P-384"))) => {
            let point = [&[4][..], &bytes("x")?, &bytes("y")?].concat();
            let parsed = match curve {
                "P-256" => ParsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point),
                _ => ParsedPublicKey::new(&ECDSA_P384_SHA384_FIXED, point),
            };
            parsed.ok()?.as_der().ok()?
        }
        ("OKP", Some("Ed25519")) => ParsedPublicKey::new(&ED25519, bytes("x")?).ok()?.as_der().ok()?,
        _ => return None,
    };
    Some(pem::encode(&pem::Pem::new("PUBLIC KEY", der.as_ref())))
}
