use axum::extract::Query;
use secure_runtime::secure;

#[secure(get = "/orders", authenticated, owner = "user_id")]
async fn show(Query(user_id): Query<Option<String>>) {
    drop(user_id);
}

fn main() {}
