use axum::Json;
use secure_runtime::secure;

#[secure(post = "/orders", authenticated)]
async fn create(Json(a): Json<String>, Json(b): Json<String>) {
    drop((a, b));
}

fn main() {}
