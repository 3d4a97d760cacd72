//! What inputs are refused with, none of which repeats a word of what was sent.

use axum::http::header::CONNECTION;
use axum::http::{HeaderValue, StatusCode};

use crate::Problem;
use crate::audit::Reason;

/// 413.
pub(super) fn too_large() -> Problem {
    Problem::refusal(StatusCode::PAYLOAD_TOO_LARGE, Reason::BodySize)
        .detail("the body is larger than this endpoint takes")
}

/// 408, after which there is no more on this connection: what is left of the body would be taken for a request (RFC 9110
/// §15.5.9).
pub(crate) fn late() -> Problem {
    Problem::refusal(StatusCode::REQUEST_TIMEOUT, Reason::Timeout)
        .detail("the body did not come in time")
        .header(CONNECTION, HeaderValue::from_static("close"))
}

/// 415, without a word of what was sent.
pub(super) fn unsupported(detail: impl Into<std::borrow::Cow<'static, str>>) -> Problem {
    Problem::refusal(StatusCode::UNSUPPORTED_MEDIA_TYPE, Reason::MediaType).detail(detail)
}

/// 400, without a word of what was sent.
pub(crate) fn malformed(detail: &'static str) -> Problem {
    Problem::refusal(StatusCode::BAD_REQUEST, Reason::Input).detail(detail)
}
