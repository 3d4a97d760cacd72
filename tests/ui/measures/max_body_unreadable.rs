use axum::Json;
use secure_runtime::secure;

#[secure(post = "/orders", authenticated, max_body = "large")]
async fn create(Json(text): Json<String>) {
    drop(text);
}

fn main() {}
