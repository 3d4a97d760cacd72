use std::sync::Arc;

use ::jwt_authorizer::{Authorizer, JwtAuthorizer, Validation};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use protect_axum::GrantsLayer;
use secure_benches::scenario::{AUDIENCE, ISSUER, Issuer, SECRET, Signing};

use super::{behind, scopes};
use crate::claims::Claims;

/// jwt-authorizer. Its own layer answers with axum 0.7's bodies; so a middleware of axum 0.8 asks the authorizer.
pub async fn jwt_authorizer(issuer: &Issuer) -> Router {
    let pem = issuer.public_pem().unwrap_or_default();
    let authorizer = match issuer.signing() {
        Signing::Hs256 => JwtAuthorizer::from_secret(std::str::from_utf8(SECRET).expect("a secret in ASCII")),
        Signing::Es256 => JwtAuthorizer::from_ec_pem_text(pem),
        Signing::Rs256 => JwtAuthorizer::from_rsa_pem_text(pem),
        Signing::EdDsa => JwtAuthorizer::from_ed_pem_text(pem),
    };
    let validation = Validation::new().iss(&[ISSUER]).aud(&[AUDIENCE]);
    let authorizer: Authorizer<Claims> = authorizer.validation(validation).build().await.expect("an authorizer");
    behind()
        .layer(GrantsLayer::with_extractor(scopes))
        .layer(from_fn_with_state(Arc::new(authorizer), verify))
}

async fn verify(
    State(authorizer): State<Arc<Authorizer<Claims>>>,
    mut request: Request,
    next: Next,
) -> Result<Response, StatusCode> {
    let token = authorizer.extract_token(request.headers());
    let token = token.ok_or(StatusCode::UNAUTHORIZED)?;
    let verified = authorizer.check_auth(&token).await;
    let verified = verified.map_err(|_| StatusCode::UNAUTHORIZED)?;
    request.extensions_mut().insert(verified.claims);
    Ok(next.run(request).await)
}
