use axum::Json;
use secure_runtime::{SecureRouter, Security, secure};

#[derive(serde::Deserialize)]
struct Order {
    id: u32,
}

#[secure(post = "/orders", authenticated)]
async fn create(Json(order): Json<Order>) {
    drop(order.id);
}

fn routes(security: Security) -> SecureRouter {
    SecureRouter::new(security).mount(create)
}

fn main() {}
