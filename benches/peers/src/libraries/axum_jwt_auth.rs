use std::sync::Arc;

use ::axum_jwt_auth::{AuthError, Decoder, LocalDecoder};
use axum::extract::{FromRef, Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::{RequestExt as _, Router};
use jsonwebtoken_10::{Algorithm, DecodingKey, Validation};
use protect_axum::GrantsLayer;
use secure_benches::scenario::{AUDIENCE, ISSUER, Issuer, SECRET, Signing};

use super::{behind, scopes};
use crate::claims::Claims;

/// axum-jwt-auth, which takes jsonwebtoken 10 with its cryptography in Rust.
pub fn axum_jwt_auth(issuer: &Issuer) -> Router {
    let pem = issuer.public_pem().unwrap_or_default().as_bytes();
    let (algorithm, key) = match issuer.signing() {
        Signing::Hs256 => (Algorithm::HS256, Ok(DecodingKey::from_secret(SECRET))),
        Signing::Es256 => (Algorithm::ES256, DecodingKey::from_ec_pem(pem)),
        Signing::Rs256 => (Algorithm::RS256, DecodingKey::from_rsa_pem(pem)),
        Signing::EdDsa => (Algorithm::EdDSA, DecodingKey::from_ed_pem(pem)),
    };
    let mut validation = Validation::new(algorithm);
    validation.set_issuer(&[ISSUER]);
    validation.set_audience(&[AUDIENCE]);
    validation.set_required_spec_claims(&["iss", "aud", "exp", "sub"]);
    let decoder = LocalDecoder::new(vec![key.expect("a public key")], validation).expect("a decoder");
    let state = Verifier(Arc::new(decoder));
    behind()
        .layer(GrantsLayer::with_extractor(scopes))
        .layer(from_fn_with_state(state, verify))
}

#[derive(Clone)]
struct Verifier(Decoder<Claims>);

impl FromRef<Verifier> for Decoder<Claims> {
    fn from_ref(verifier: &Verifier) -> Self {
        Arc::clone(&verifier.0)
    }
}

async fn verify(State(verifier): State<Verifier>, mut request: Request, next: Next) -> Result<Response, AuthError> {
    let verified: ::axum_jwt_auth::Claims<Claims> = request.extract_parts_with_state(&verifier).await?;
    request.extensions_mut().insert(verified.claims);
    Ok(next.run(request).await)
}
