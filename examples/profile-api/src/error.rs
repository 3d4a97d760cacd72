//! How a handler fails.

use axum::http::StatusCode;
use secure_runtime::Problem;

/// What can go wrong in a handler. Only what [`From`] says leaves the process.
#[derive(Debug)]
pub enum ApiError {
    /// There is no such object.
    NotFound,
    /// The object is not in the state that the request expects.
    Conflict(&'static str),
    /// The database failed.
    Database(rusqlite::Error),
    /// A database task was cancelled or panicked.
    Task(tokio::task::JoinError),
}

impl From<ApiError> for Problem {
    fn from(error: ApiError) -> Self {
        match error {
            ApiError::NotFound => Self::not_found(),
            ApiError::Conflict(detail) => Self::new(StatusCode::CONFLICT).detail(detail),
            // The text of SQL errors is for the log.
            ApiError::Database(error) => Self::internal(error),
            ApiError::Task(error) => Self::internal(error),
        }
    }
}

impl From<rusqlite::Error> for ApiError {
    fn from(error: rusqlite::Error) -> Self {
        match error {
            rusqlite::Error::QueryReturnedNoRows => Self::NotFound,
            error => Self::Database(error),
        }
    }
}
