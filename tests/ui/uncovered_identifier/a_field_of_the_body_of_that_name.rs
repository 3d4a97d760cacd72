use axum::Json;
use axum::extract::Path;
use secure_runtime::{Input, Violation, secure};

#[derive(serde::Deserialize)]
struct Order {
    user_id: String,
}

impl Input for Order {
    fn check(&self, _: &mut Vec<Violation>) {}
}

#[secure(post = "/users/{user_id}/orders", authenticated, owner = "order.user_id")]
async fn create(Path(id): Path<String>, Json(order): Json<Order>) {
    drop((id, order));
}

fn main() {}
