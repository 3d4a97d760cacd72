use axum::extract::Query;
use secure_runtime::secure;

#[secure(get = "/orders", authenticated, when = take(*name))]
async fn list(Query(name): Query<String>) {
    drop(name);
}

fn take(name: String) -> bool {
    name.is_empty()
}

fn main() {}
