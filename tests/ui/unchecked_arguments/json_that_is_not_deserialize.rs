use axum::Json;
use secure_runtime::{Input, Report, SecureRouter, Security, secure};

struct Order;

impl Input for Order {
    fn check(&self, _: &mut Report<'_>) {}
}

#[secure(post = "/orders", authenticated)]
async fn create(Json(order): Json<Order>) {
    drop(order);
}

fn routes(security: Security) -> SecureRouter {
    SecureRouter::new(security).mount(create)
}

fn main() {}
