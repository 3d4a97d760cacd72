use std::sync::Arc;
use std::time::Instant;

use axum::extract::{DefaultBodyLimit, MatchedPath, Path, Request, State};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Json, Router};
use secure_benches::scenario::{Issuer, Profile, ROUTE};
use tower_http::limit::RequestBodyLimitLayer;

use super::{Checks, Principal, Refusal, outcome, show_limit};
use crate::claims::{MAX_BODY, SCOPE};

/// A middleware for each concern, as the documentation of each crate has it.
pub fn layers(issuer: &Issuer, cached: bool) -> Router {
    let checks = Arc::new(Checks::new(issuer, cached));
    Router::new()
        .route(ROUTE, get(profile))
        .layer(DefaultBodyLimit::disable())
        .layer(RequestBodyLimitLayer::new(MAX_BODY))
        .layer(from_fn_with_state(Arc::clone(&checks), limit))
        .layer(from_fn(authorize))
        .layer(from_fn_with_state(checks, authenticate))
        .layer(from_fn(audit))
        .layer(from_fn(count))
}

async fn count(request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    let route = route.map_or_else(String::new, |route| route.as_str().to_owned());
    let status = response.status();
    metrics::counter!(
        "http_requests_total",
        "route" => route, "status" => status.as_str().to_owned(), "outcome" => outcome(status),
    )
    .increment(1);
    response
}

async fn audit(request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let response = next.run(request).await;
    let principal = response.extensions().get::<Arc<Principal>>();
    tracing::info!(
        target: "audit",
        subject = principal.map_or("", |principal| &principal.subject),
        %method,
        path,
        status = response.status().as_u16(),
        scope = SCOPE,
        outcome = outcome(response.status()),
        elapsed_us = began.elapsed().as_micros() as u64,
        "access"
    );
    response
}

async fn authenticate(
    State(checks): State<Arc<Checks>>,
    mut request: Request,
    next: Next,
) -> Result<Response, Refusal> {
    let principal = checks.authenticate(request.headers())?;
    request.extensions_mut().insert(Arc::clone(&principal));
    let mut response = next.run(request).await;
    // For the audit event, which is further out.
    response.extensions_mut().insert(principal);
    Ok(response)
}

async fn authorize(
    Extension(principal): Extension<Arc<Principal>>,
    request: Request,
    next: Next,
) -> Result<Response, Refusal> {
    if !principal.has_scope() {
        return Err(Refusal::Forbidden);
    }
    Ok(next.run(request).await)
}

async fn limit(
    State(checks): State<Arc<Checks>>,
    Extension(principal): Extension<Arc<Principal>>,
    request: Request,
    next: Next,
) -> Result<Response, Refusal> {
    let left = checks.limit(&principal)?;
    let mut response = next.run(request).await;
    show_limit(response.headers_mut(), &left);
    Ok(response)
}

async fn profile(
    Path(user_id): Path<String>,
    Extension(principal): Extension<Arc<Principal>>,
) -> Result<Json<Profile>, Refusal> {
    if user_id != principal.subject {
        return Err(Refusal::Forbidden);
    }
    Ok(Json(Profile::of(user_id)))
}
