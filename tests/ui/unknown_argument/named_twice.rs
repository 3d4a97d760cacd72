use axum::extract::Path;
use secure_runtime::secure;

#[secure(get = "/users/{user_id}", authenticated, owner = "user_id", shared = "user_id")]
async fn show(Path(user_id): Path<String>) {
    drop(user_id);
}

fn main() {}
