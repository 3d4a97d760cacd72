use axum::extract::Query;
use secure_runtime::secure;

#[secure(post = "/orders", authenticated, body_timeout = "5s")]
async fn create(Query(text): Query<String>) {
    drop(text);
}

fn main() {}
