//! A query gives values by their names.

use axum::extract::Query;
use secure_runtime::secure;

#[secure(get = "/numbers", authenticated)]
async fn list_numbers(Query(limit): Query<u32>) -> String {
    limit.to_string()
}

fn main() {}
