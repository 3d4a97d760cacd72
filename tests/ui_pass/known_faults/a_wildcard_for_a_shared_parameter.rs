//! Right, and refused. S009: what the handler does not look at must be given a name all the same, and one without an underscore.
#![deny(warnings)]
use axum::extract::Path;
use secure_runtime::secure;

#[secure(get = "/users/{user_id}/{year}", authenticated, owner = "user_id", shared = "year")]
async fn by_wildcard(Path((user_id, _)): Path<(String, u64)>) -> String {
    user_id
}

#[secure(get = "/users/{user_id}/{year}", authenticated, owner = "user_id", shared = "year")]
async fn by_underscore(Path((user_id, _year)): Path<(String, u64)>) -> String {
    user_id
}

fn main() {
    let _ = (by_wildcard, by_underscore);
}
