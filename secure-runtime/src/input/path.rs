use axum::extract::{FromRequestParts as _, RawPathParams};
use futures_util::FutureExt as _;

use super::Intake;
use super::read::has_whole_escapes;
use super::refusals::malformed;
use crate::Problem;

/// The path's parameters, decoded once.
pub(crate) fn parameters(intake: &mut Intake<'_>) -> Result<RawPathParams, Problem> {
    let read = RawPathParams::from_request_parts(intake.parts, &()).now_or_never();
    let read = read.ok_or_else(|| Problem::broken("an extractor of axum waits where it did not before"))?;
    read.map_err(|_| malformed("the path is not of the form that this endpoint expects"))
}

/// `/users//profile` names nobody, where axum finds an empty name; and `%zz` is not whole, where axum takes it as it is.
pub(crate) fn no_empty_part(intake: &mut Intake<'_>) -> Result<(), Problem> {
    if !has_whole_escapes(intake.parts.uri.path()) {
        return Err(malformed("an escape in the path is not whole"));
    }
    if parameters(intake)?.iter().any(|(_, value)| value.is_empty()) {
        return Err(malformed("a part of the path is empty"));
    }
    Ok(())
}
