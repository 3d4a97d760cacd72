use axum::extract::Query;
use secure_runtime::{input, secure};

#[input]
struct Page {
    size: u32,
}

#[secure(get = "/orders", authenticated, rate("100/min", cost = pgae.size))]
async fn list(Query(page): Query<Page>) {
    drop(page);
}

fn main() {}
