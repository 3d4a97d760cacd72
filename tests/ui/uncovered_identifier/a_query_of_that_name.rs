use axum::extract::{Path, Query};
use secure_runtime::secure;

#[secure(get = "/users/{user_id}", authenticated, owner = "user_id")]
async fn show(Path(id): Path<String>, Query(user_id): Query<String>) {
    drop((id, user_id));
}

fn main() {}
