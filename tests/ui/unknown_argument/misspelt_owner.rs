use axum::extract::Path;
use secure_runtime::secure;

#[secure(get = "/users/{user_id}", authenticated, owner = "usre_id")]
async fn show(Path(user_id): Path<String>) {
    drop(user_id);
}

fn main() {}
