use axum::Json;
use secure_runtime::{SecureRouter, Security, secure};

#[derive(serde::Serialize)]
struct Order {
    id: u32,
}

#[secure(get = "/orders", authenticated)]
async fn list() -> Json<Vec<Order>> {
    Json(vec![Order { id: 1 }])
}

fn routes(security: Security) -> SecureRouter {
    SecureRouter::new(security).mount(list)
}

fn main() {}
