use axum::Router;
use jsonwebtoken::jwk::{Jwk, JwkSet};
use protect_axum::GrantsLayer;
use secure_benches::scenario::{AUDIENCE, ISSUER, Issuer, KEY_ID};
use tower_oauth2_resource_server::server::OAuth2ResourceServer;
use tower_oauth2_resource_server::tenant::TenantConfiguration;
use tower_oauth2_resource_server::validation::ClaimsValidationSpec;

use super::{behind, scopes};
use crate::claims::{Claims, algorithm, decoding_key};

/// tower-oauth2-resource-server, with a key set that is configured, and the cryptography that we have.
pub async fn oauth2_resource_server(issuer: &Issuer) -> Router {
    let algorithm = algorithm(issuer.signing());
    let mut key = Jwk::from_decoding_key(&decoding_key(issuer), Some(algorithm)).expect("a public key");
    key.common.key_id = Some(KEY_ID.to_owned());
    let keys = serde_json::to_string(&JwkSet { keys: vec![key] }).expect("a key set");
    let audiences = vec![AUDIENCE.to_owned()];
    let tenant = TenantConfiguration::static_builder(keys)
        .allowed_algorithms(&[algorithm])
        .audiences(&audiences)
        .claims_validation(ClaimsValidationSpec::new().iss(ISSUER).aud(&audiences).exp(true))
        .build()
        .expect("a tenant");
    let server = OAuth2ResourceServer::<Claims>::builder().add_tenant(tenant).build();
    let server = server.await.expect("a resource server");
    behind()
        .layer(GrantsLayer::with_extractor(scopes))
        .layer(server.into_layer())
}
