use axum::Json;
use axum::extract::Path;
use secure_runtime::{input, secure};

#[input]
struct Order {
    #[input(length(max = 64))]
    user_id: String,
}

#[secure(post = "/users/{user_id}/orders", authenticated, when = order.user_id == caller.subject())]
async fn create(Path(user_id): Path<String>, Json(order): Json<Order>) -> String {
    user_id + &order.user_id
}

fn main() {}
