use std::error::Error;
use std::fmt;

use axum::http::StatusCode;

use super::StoreError;
use crate::Problem;

/// Why a key was not issued, rotated, revoked or listed.
///
/// As a [`Problem`], it is 422, 404, 409, 500 or 503, in this order.
#[derive(Debug)]
#[non_exhaustive]
pub enum ManageError {
    /// The key that was asked for cannot be; this is why.
    Invalid(&'static str),
    /// There is no key of this id.
    Unknown,
    /// The key was replaced, was revoked or has expired.
    Ended,
    /// The system has no random numbers, or no time.
    System(&'static str),
    /// The store did not do it.
    Store(StoreError),
}

impl fmt::Display for ManageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(why) | Self::System(why) => f.write_str(why),
            Self::Unknown => f.write_str("there is no API key of this id"),
            Self::Ended => f.write_str("the API key was replaced, was revoked or has expired"),
            Self::Store(error) => error.fmt(f),
        }
    }
}

impl Error for ManageError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Store(error) => Some(error),
            _ => None,
        }
    }
}

impl From<StoreError> for ManageError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<ManageError> for Problem {
    fn from(error: ManageError) -> Self {
        match error {
            ManageError::Invalid(why) => Self::new(StatusCode::UNPROCESSABLE_ENTITY).detail(why),
            ManageError::Unknown => Self::not_found(),
            ManageError::Ended => {
                Self::new(StatusCode::CONFLICT).detail("the API key was replaced, was revoked or has expired")
            }
            ManageError::System(_) => Self::internal(error),
            ManageError::Store(_) => Self::new(StatusCode::SERVICE_UNAVAILABLE).because(error),
        }
    }
}
