use axum::extract::Path;
use secure_runtime::secure;

#[secure(get = "/users/{user_id}/orders/{order_id}", authenticated, owner = "user_id", shared = "order_id")]
async fn show(Path((user_id, order_id, line)): Path<(String, u32, u32)>) {
    drop((user_id, order_id, line));
}

fn main() {}
