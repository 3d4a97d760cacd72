use axum::Json;
use secure_runtime::{Secret, secure};

#[secure(get = "/keys", authenticated)]
async fn show() -> Json<Secret<String>> {
    Json(Secret::new("key".to_owned()))
}

fn main() {}
