use std::sync::Arc;
use std::time::Instant;

use axum::extract::{DefaultBodyLimit, Path, RawPathParams, Request, State};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use axum::{Json, Router};
use metrics::Counter;
use secure_benches::scenario::{Issuer, Profile, ROUTE};

use super::{Checks, Principal, Refusal, outcome, show_limit};
use crate::claims::{MAX_BODY, SCOPE};

/// What the middleware shares: the checks, and the counters looked up once.
struct Prepared {
    checks: Checks,
    allowed: Counter,
    refused: Counter,
}

/// One middleware for all concerns, by somebody who measured: one box instead of seven, nothing looked up twice.
pub fn single(issuer: &Issuer, cached: bool) -> Router {
    let counter = |outcome| metrics::counter!("http_requests_total", "route" => ROUTE, "outcome" => outcome);
    let prepared = Arc::new(Prepared {
        checks: Checks::new(issuer, cached),
        allowed: counter("allow"),
        refused: counter("deny"),
    });
    Router::new()
        .route(ROUTE, get(profile))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(from_fn_with_state(prepared, check))
}

async fn check(
    State(prepared): State<Arc<Prepared>>,
    parameters: RawPathParams,
    request: Request,
    next: Next,
) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let uri = request.uri().clone();
    let principal = prepared.checks.authenticate(request.headers());
    let response = match &principal {
        Ok(principal) => checked(&prepared.checks, principal, &parameters, request, next)
            .await
            .unwrap_or_else(Refusal::into_response),
        Err(_) => Refusal::Unauthenticated.into_response(),
    };
    let status = response.status();
    let counter = if status == StatusCode::OK {
        &prepared.allowed
    } else {
        &prepared.refused
    };
    counter.increment(1);
    tracing::info!(
        target: "audit",
        subject = principal.as_ref().map_or("", |principal| &principal.subject),
        %method,
        path = uri.path(),
        status = status.as_u16(),
        scope = SCOPE,
        outcome = outcome(status),
        elapsed_us = began.elapsed().as_micros() as u64,
        "access"
    );
    response
}

async fn checked(
    checks: &Checks,
    principal: &Principal,
    parameters: &RawPathParams,
    request: Request,
    next: Next,
) -> Result<Response, Refusal> {
    let owner = parameters
        .iter()
        .any(|(name, value)| name == "user_id" && value == principal.subject);
    if !principal.has_scope() || !owner {
        return Err(Refusal::Forbidden);
    }
    let left = checks.limit(principal)?;
    let mut response = next.run(request).await;
    show_limit(response.headers_mut(), &left);
    Ok(response)
}

async fn profile(Path(user_id): Path<String>) -> Json<Profile> {
    Json(Profile::of(user_id))
}
