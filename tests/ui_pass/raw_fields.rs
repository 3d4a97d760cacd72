#![deny(warnings)]
use axum::Json;
use axum::extract::Path;
use secure_runtime::{Input, Violation, secure};

mod support;

#[derive(serde::Deserialize)]
struct Order {
    r#type: String,
}

impl Input for Order {
    fn check(&self, _: &mut Vec<Violation>) {}
}

#[secure(get = "/by-type/{type}", authenticated, shared = "order.r#type")]
async fn by_type(Path(order): Path<Order>) -> String {
    order.r#type
}

#[secure(post = "/orders", authenticated, owner = "order.r#type", when = order.r#type != "x")]
async fn create(Json(order): Json<Order>) -> String {
    order.r#type
}

fn main() {
    support::starts((by_type, create), 2);
}
