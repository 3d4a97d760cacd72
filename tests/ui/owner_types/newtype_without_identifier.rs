use axum::extract::Path;
use secure_runtime::{Input, Report, secure};

#[derive(serde::Deserialize)]
struct UserId(String);

impl Input for UserId {
    fn check(&self, _: &mut Report<'_>) {}
}

#[secure(get = "/users/{user_id}", authenticated, owner = "user_id")]
async fn show(Path(user_id): Path<UserId>) {
    drop(user_id);
}

fn main() {}
