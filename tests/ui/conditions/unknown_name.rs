use axum::extract::Query;
use secure_runtime::secure;

#[secure(get = "/orders", authenticated, when = *amuont > 1)]
async fn list(Query(amount): Query<u32>) {
    drop(amount);
}

fn main() {}
