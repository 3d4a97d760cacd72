use axum::Json;
use secure_runtime::secure;

#[secure(post = "/orders", authenticated, max_body = "0")]
async fn create(Json(text): Json<String>) {
    drop(text);
}

fn main() {}
