use axum::extract::Path;
use secure_runtime::secure;

#[secure(get = "/users/{user_id}/orders/{order_id}", authenticated, owner = "user_id", shared = "order_id")]
async fn show(Path((order_id, user_id)): Path<(u32, String)>) {
    drop((user_id, order_id));
}

fn main() {}
