//! Libraries that verify tokens, each with what its users would put beside it: protect-axum for scope and owner, tower_governor for the
//! limit, tower-http for the body.

mod axum_jwt_auth;
mod jwt_authorizer;
mod oauth2_resource_server;

pub use axum_jwt_auth::axum_jwt_auth;
pub use jwt_authorizer::jwt_authorizer;
pub use oauth2_resource_server::oauth2_resource_server;

use std::collections::HashSet;
use std::time::Instant;

use axum::extract::{DefaultBodyLimit, MatchedPath, Path, Request};
use axum::http::{self, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use axum::{Extension, Json, Router};
use secure_benches::scenario::{Profile, ROUTE};
use tower_governor::governor::GovernorConfigBuilder;
use tower_governor::key_extractor::KeyExtractor;
use tower_governor::{GovernorError, GovernorLayer};
use tower_http::limit::RequestBodyLimitLayer;

use crate::claims::{BURST, Claims, MAX_BODY, SCOPE};

/// Everything behind the verification, which leaves [`Claims`] among the request's extensions.
fn behind() -> Router {
    let mut limit = GovernorConfigBuilder::default().key_extractor(BySubject);
    limit.per_nanosecond(1000).burst_size(BURST);
    let limit = limit.use_headers().finish().expect("a limit");
    Router::new()
        .route(ROUTE, get(profile))
        .layer(DefaultBodyLimit::disable())
        .layer(RequestBodyLimitLayer::new(MAX_BODY))
        .layer(GovernorLayer::new(limit))
        .layer(from_fn(audit_and_count))
}

#[protect_axum::protect("read:profile", expr = "user_id.0 == claims.0.sub")]
async fn profile(user_id: Path<String>, claims: Extension<Claims>) -> Json<Profile> {
    drop(claims);
    Json(Profile::of(user_id.0))
}

/// What protect-axum asks about: the scopes of a token that is verified already.
async fn scopes(request: &mut Request) -> Result<HashSet<String>, Response> {
    let claims = request.extensions().get::<Claims>();
    claims
        .map(scopes_of)
        .ok_or_else(|| StatusCode::UNAUTHORIZED.into_response())
}

fn scopes_of(claims: &Claims) -> HashSet<String> {
    claims.scope.split(' ').map(str::to_owned).collect()
}

#[derive(Clone)]
struct BySubject;

impl KeyExtractor for BySubject {
    type Key = String;

    fn extract<T>(&self, request: &http::Request<T>) -> Result<String, GovernorError> {
        let claims = request.extensions().get::<Claims>();
        claims
            .map(|claims| claims.sub.clone())
            .ok_or(GovernorError::UnableToExtractKey)
    }
}

/// None of the libraries does these, so they are written by hand, within the verification, where the subject is known.
async fn audit_and_count(request: Request, next: Next) -> Response {
    let began = Instant::now();
    let subject = request.extensions().get::<Claims>().map(|claims| claims.sub.clone());
    let route = request.extensions().get::<MatchedPath>().cloned();
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let response = next.run(request).await;
    let status = response.status();
    let outcome = if status.is_success() { "allow" } else { "deny" };
    tracing::info!(
        target: "audit",
        subject,
        %method,
        path,
        status = status.as_u16(),
        scope = SCOPE,
        outcome,
        elapsed_us = began.elapsed().as_micros() as u64,
        "access"
    );
    let route = route.map_or_else(String::new, |route| route.as_str().to_owned());
    metrics::counter!(
        "http_requests_total",
        "route" => route, "status" => status.as_str().to_owned(), "outcome" => outcome,
    )
    .increment(1);
    response
}
