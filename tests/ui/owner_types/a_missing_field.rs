use axum::Json;
use secure_runtime::secure;

#[secure(post = "/orders", authenticated, owner = "request.owner")]
async fn create(Json(request): Json<String>) {
    drop(request);
}

fn main() {}
