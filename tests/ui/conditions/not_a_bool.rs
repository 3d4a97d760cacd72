use axum::extract::Query;
use secure_runtime::secure;

#[secure(get = "/orders", authenticated, when = *amount)]
async fn list(Query(amount): Query<u32>) {
    drop(amount);
}

fn main() {}
