use axum::extract::Query;
use secure_runtime::secure;

#[secure(get = "/orders", authenticated)]
async fn list(#[cfg(unix)] Query(limit): Query<u32>) {
    drop(limit);
}

fn main() {}
