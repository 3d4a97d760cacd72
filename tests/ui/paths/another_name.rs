use axum::extract::Path;
use secure_runtime::secure;

#[secure(get = "/users/{user_id}", authenticated, shared = "user_id", owner = "id")]
async fn show(Path(id): Path<String>, user_id: axum::http::Method) {
    drop((id, user_id));
}

fn main() {}
