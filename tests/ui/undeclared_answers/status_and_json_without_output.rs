use axum::Json;
use axum::http::StatusCode;
use secure_runtime::{SecureRouter, Security, secure};

#[derive(serde::Serialize)]
struct Order {
    id: u32,
}

#[secure(post = "/orders", authenticated)]
async fn create() -> (StatusCode, Json<Order>) {
    (StatusCode::CREATED, Json(Order { id: 1 }))
}

fn routes(security: Security) -> SecureRouter {
    SecureRouter::new(security).mount(create)
}

fn main() {}
