use axum::extract::Path;
use secure_runtime::{SecureRouter, Security, secure};

#[derive(serde::Deserialize)]
struct Order {
    id: u32,
}

#[secure(get = "/orders/{id}", authenticated, shared = "order.id")]
async fn show(Path(order): Path<Order>) {
    drop(order.id);
}

fn routes(security: Security) -> SecureRouter {
    SecureRouter::new(security).mount(show)
}

fn main() {}
