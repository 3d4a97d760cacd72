use std::error::Error;

use axum::body::{Body, Bytes};
use axum::http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};

use super::Intake;
use super::arrival::Late;
use super::encoding::{self, Coding};
use super::refusals::{late, malformed, too_large, unsupported};
use crate::Problem;
use crate::header_field::sole;

/// The body's bytes, as many as are really there, up to the cap. Where the policy asks for `gzip`, the cap holds for
/// what comes in as for what comes out.
///
/// # Errors
///
/// 413 above the cap, whatever `Content-Length` says; 415 in a coding that the endpoint does not read; 408 if it takes too
/// long; 400 if the body breaks off.
pub(super) async fn read(intake: &mut Intake<'_>) -> Result<Bytes, Problem> {
    let coding = encoding::coding(&intake.parts.headers, intake.gzip)?;
    let collected = open(intake)?.collect().await.map_err(unreadable)?;
    match coding {
        Coding::Identity => Ok(collected.to_bytes()),
        #[cfg(feature = "gzip")]
        Coding::Gzip => encoding::inflate(&collected.to_bytes(), cap(intake)).await,
    }
}

/// The body as it is, still capped.
///
/// # Errors
///
/// 413 if it is announced to be above the cap; 415 in any coding, because whoever reads the body from here on counts
/// its bytes, and not what they inflate to.
pub(super) fn limited(intake: &mut Intake<'_>) -> Result<Body, Problem> {
    encoding::coding(&intake.parts.headers, false)?;
    open(intake).map(Body::new)
}

fn open(intake: &mut Intake<'_>) -> Result<Limited<Body>, Problem> {
    // Only stage 7 hands out the body, and only once.
    let body = intake.body.take();
    let body = body.ok_or_else(|| Problem::broken("the body was asked for before its stage, or twice"))?;
    if announced(&intake.parts.headers).is_some_and(|length| length > intake.max_body.bytes()) {
        return Err(too_large());
    }
    Ok(Limited::new(body, cap(intake)))
}

fn cap(intake: &Intake<'_>) -> usize {
    // On a 32-bit machine a cap above its address space is its address space.
    usize::try_from(intake.max_body.bytes()).unwrap_or(usize::MAX)
}

fn announced(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// 415 unless the body is in a format that `accepts` takes, and in UTF-8. `offered` is what the answer names.
pub(super) fn expect_type(
    parts: &Parts,
    offered: &'static str,
    accepts: fn(&mime::Mime) -> bool,
) -> Result<(), Problem> {
    let reads = |media: &mime::Mime| {
        let mut charsets = media.params().filter(|(name, _)| *name == mime::CHARSET);
        accepts(media) && charsets.all(|(_, charset)| charset == mime::UTF_8)
    };
    if media_type(&parts.headers).as_ref().is_some_and(reads) {
        return Ok(());
    }
    Err(unsupported(format!("this endpoint reads {offered}")).header(ACCEPT, HeaderValue::from_static(offered)))
}

/// The declared format, if there is one, and no more than one.
pub(super) fn media_type(headers: &HeaderMap) -> Option<mime::Mime> {
    sole(headers, &CONTENT_TYPE).ok()??.to_str().ok()?.parse().ok()
}

/// 413 if the cap was met, 408 if it took too long, 400 if the body broke off.
pub(super) fn unreadable(error: impl Into<Box<dyn Error + Send + Sync>>) -> Problem {
    let error = error.into();
    let first: &(dyn Error + 'static) = &*error;
    // Each layer around the body wraps the error anew.
    let causes = || std::iter::successors(Some(first), |&error| error.source());
    if causes().any(|error| error.is::<LengthLimitError>()) {
        return too_large();
    }
    if causes().any(|error| error.is::<Late>()) {
        return late();
    }
    malformed("the body could not be read").because(error)
}
