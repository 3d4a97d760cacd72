//! Figures of an organisation, for its own members.

use axum::Json;
use axum::extract::{Path, State};
use secure_runtime::{output, secure};

use crate::db::Db;
use crate::error::ApiError;

/// An organisation's figures.
#[output]
#[derive(Clone, Debug)]
pub struct Report {
    #[expose]
    revenue: i64,
}

/// The report of the caller's own organisation.
#[secure(get = "/organisations/{org_id}/report", scope = "read:reports", tenant = "org_id")]
pub async fn get_report(Path(org_id): Path<String>, State(db): State<Db>) -> Result<Json<Report>, ApiError> {
    let report = db.query(move |connection| {
        connection.query_row("SELECT revenue FROM reports WHERE org_id = ?1", [org_id], |row| {
            Ok(Report { revenue: row.get(0)? })
        })
    });
    report.await.map(Json)
}
