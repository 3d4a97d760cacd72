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

#[secure(post = "/users/{user_id}/orders", authenticated, when = order.user_id == caller.subject())]
async fn create(Path(user_id): Path<String>, Json(order): Json<Order>) -> String {
    user_id + &order.user_id
}

fn main() {}
