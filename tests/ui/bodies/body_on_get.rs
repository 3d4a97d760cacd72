use axum::Json;
use secure_runtime::secure;

#[secure(get = "/orders", authenticated)]
async fn list(Json(text): Json<String>) {
    drop(text);
}

fn main() {}
