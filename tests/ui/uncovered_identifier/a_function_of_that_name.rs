use axum::extract::Path;
use secure_runtime::{Principal, secure};

fn team(_: &Principal) -> bool {
    true
}

#[secure(get = "/teams/{team}", authenticated, when = team(caller))]
async fn show(Path(id): Path<String>) {
    drop(id);
}

fn main() {}
