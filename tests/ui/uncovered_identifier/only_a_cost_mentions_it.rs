use axum::extract::Path;
use secure_runtime::secure;

#[secure(get = "/users/{user_id}", authenticated, rate("10/s", cost = *user_id))]
async fn show(Path(user_id): Path<u32>) {
    let _ = user_id;
}

fn main() {}
