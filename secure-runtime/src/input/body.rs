use axum::body::{Body, Bytes};
use axum::http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};

use super::Intake;
use crate::Problem;
use crate::audit::Reason;

/// The body's bytes, as many as are really there, up to the cap.
///
/// # Errors
///
/// 413 above the cap, whatever `Content-Length` says; 400 if the body breaks off.
pub(super) async fn read(intake: &mut Intake<'_>) -> Result<Bytes, Problem> {
    let cap = intake.max_body.bytes();
    let body = take(intake)?;
    if announced(&intake.parts.headers).is_some_and(|length| length > cap) {
        return Err(too_large());
    }
    // On a 32-bit machine a cap above its address space is its address space.
    let cap = usize::try_from(cap).unwrap_or(usize::MAX);
    match Limited::new(body, cap).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(too_large()),
        Err(error) => Err(malformed("the body could not be read").because(error)),
    }
}

/// The body as it is, still capped.
pub(super) fn limited(intake: &mut Intake<'_>) -> Result<Body, Problem> {
    let cap = usize::try_from(intake.max_body.bytes()).unwrap_or(usize::MAX);
    Ok(Body::new(Limited::new(take(intake)?, cap)))
}

fn take(intake: &mut Intake<'_>) -> Result<Body, Problem> {
    // Only stage 7 hands out the body, and only once.
    intake
        .body
        .take()
        .ok_or_else(|| Problem::broken("the body was asked for before its stage, or twice"))
}

fn announced(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// 415 unless the body is in a format that `accepts` takes. `offered` is what the answer names.
pub(super) fn expect_type(
    parts: &Parts,
    offered: &'static str,
    accepts: fn(&mime::Mime) -> bool,
) -> Result<(), Problem> {
    let mut fields = parts.headers.get_all(CONTENT_TYPE).iter();
    let (field, another) = (fields.next(), fields.next());
    let media = field
        .and_then(|field| field.to_str().ok())
        .and_then(|field| field.parse().ok());
    if another.is_none() && media.as_ref().is_some_and(accepts) {
        return Ok(());
    }
    Err(Problem::refusal(StatusCode::UNSUPPORTED_MEDIA_TYPE, Reason::MediaType)
        .detail(format!("this endpoint reads {offered}"))
        .header(ACCEPT, HeaderValue::from_static(offered)))
}

pub(super) fn too_large() -> Problem {
    Problem::refusal(StatusCode::PAYLOAD_TOO_LARGE, Reason::BodySize)
        .detail("the body is larger than this endpoint takes")
}

/// 400, without a word of what was sent.
pub(super) fn malformed(detail: &'static str) -> Problem {
    Problem::refusal(StatusCode::BAD_REQUEST, Reason::Input).detail(detail)
}
