#![deny(warnings)]
use axum::Json;
use axum::extract::Path;
use secure_runtime::{input, output, secure};

mod support;

#[input]
#[output]
struct Order {
    #[input(length(max = 10))]
    #[expose]
    r#type: String,
}

#[secure(get = "/by-type/{type}", authenticated, shared = "order.r#type")]
async fn by_type(Path(order): Path<Order>) -> String {
    order.r#type
}

#[secure(post = "/orders", authenticated, owner = "order.r#type", when = order.r#type != "x")]
async fn create(Json(order): Json<Order>) -> Json<Order> {
    Json(order)
}

fn main() {
    support::starts((by_type, create), 2);
}
