//! What nobody may allow again.
#![forbid(unsafe_code, missing_docs, unused_must_use, unreachable_code, private_bounds)]
#![deny(warnings)]

use axum::extract::Path;
use secure_runtime::secure;

mod support;

/// Shows a user.
#[secure(get = "/users/{user_id}", authenticated, owner = "user_id", when = caller.has_scope("x"))]
pub async fn show(Path(user_id): Path<String>) -> String {
    user_id
}

fn main() {
    support::starts(show, 1);
}
