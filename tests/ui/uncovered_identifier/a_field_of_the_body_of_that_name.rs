use axum::Json;
use axum::extract::Path;
use secure_runtime::{input, secure};

#[input]
struct Order {
    #[input(length(max = 64))]
    user_id: String,
}

#[secure(post = "/users/{user_id}/orders", authenticated, owner = "order.user_id")]
async fn create(Path(id): Path<String>, Json(order): Json<Order>) {
    drop((id, order));
}

fn main() {}
