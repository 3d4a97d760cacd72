use axum::extract::Path;
use secure_runtime::secure;

#[secure(get = "/users/{user_id}", authenticated, shared("user_id", hidden))]
async fn show(Path(user_id): Path<String>) {
    drop(user_id);
}

fn main() {}
