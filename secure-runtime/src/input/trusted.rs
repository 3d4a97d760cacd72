use axum::extract::{DefaultBodyLimit, FromRequest, FromRequestParts};
use axum::http::Request;
use axum::response::IntoResponse;
use secure_policy::Source;

use super::body::limited;
use super::refusals::{malformed, too_large};
use super::{Argument, Extract, FromHead, Intake, Read};
use crate::Problem;
use crate::audit::Reason;

/// Vouches for an extractor of your own: it reads the request's head, and checks what it reads.
///
/// One line makes it an [`Argument`]: `impl TrustedParts for Locale {}`. Its rejection is answered with the same status,
/// as a problem document; its text stays inside.
pub trait TrustedParts: Send {}

#[diagnostic::do_not_recommend]
impl<E: TrustedParts> Argument for E {
    const SOURCE: Source = Source::Other;
}

#[diagnostic::do_not_recommend]
impl<E: TrustedParts> FromHead for E {}

#[diagnostic::do_not_recommend]
impl<S: Send + Sync, E: TrustedParts + FromRequestParts<S>> Extract<S> for E {
    async fn extract(intake: &mut Intake<'_>, state: &S, _: Read<Self>) -> Result<Self, Problem> {
        E::from_request_parts(intake.parts, state).await.map_err(rejected)
    }
}

/// Any extractor of the request's head, with nothing checking what it yields. Loud on purpose: search for it.
#[derive(Clone, Copy, Debug)]
pub struct Unchecked<E>(pub E);

impl<E: Send> Argument for Unchecked<E> {
    const SOURCE: Source = Source::Other;
    const UNCHECKED: bool = true;
}

impl<E: Send> FromHead for Unchecked<E> {}

impl<S: Send + Sync, E: FromRequestParts<S> + Send> Extract<S> for Unchecked<E> {
    async fn extract(intake: &mut Intake<'_>, state: &S, _: Read<Self>) -> Result<Self, Problem> {
        E::from_request_parts(intake.parts, state)
            .await
            .map(Self)
            .map_err(rejected)
    }
}

/// Any extractor that consumes the body, with nothing checking what it yields but the cap on the body's size. Loud on
/// purpose: search for it.
#[derive(Clone, Copy, Debug)]
pub struct UncheckedBody<E>(pub E);

impl<E: Send> Argument for UncheckedBody<E> {
    const SOURCE: Source = Source::Body;
    const UNCHECKED: bool = true;
}

impl<S: Send + Sync, E: FromRequest<S> + Send> Extract<S> for UncheckedBody<E> {
    async fn extract(intake: &mut Intake<'_>, state: &S, _: Read<Self>) -> Result<Self, Problem> {
        let body = limited(intake)?;
        let mut request = Request::from_parts(intake.parts.clone(), body);
        // Our cap is the one that counts: axum's own, of 2 MB, must not win over a larger one.
        DefaultBodyLimit::disable().apply(&mut request);
        E::from_request(request, state).await.map(Self).map_err(rejected)
    }
}

/// A rejection keeps its status; its text stays inside, since nobody checked what it repeats.
fn rejected(rejection: impl IntoResponse) -> Problem {
    let status = rejection.into_response().status();
    if status == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
        too_large()
    } else if status.is_server_error() || !status.is_client_error() {
        Problem::broken(format!("an extractor rejected the request with {status}"))
    } else if status == axum::http::StatusCode::BAD_REQUEST {
        malformed("the request is not of the form that this endpoint expects")
    } else {
        Problem::refusal(status, Reason::Input)
    }
}
