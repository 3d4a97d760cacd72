use axum::Json;
use secure_runtime::{Input, SecureRouter, Security, Violation, secure};

struct Order;

impl Input for Order {
    fn check(&self, _: &mut Vec<Violation>) {}
}

#[secure(post = "/orders", authenticated)]
async fn create(Json(order): Json<Order>) {
    drop(order);
}

fn routes(security: Security) -> SecureRouter {
    SecureRouter::new(security).mount(create)
}

fn main() {}
