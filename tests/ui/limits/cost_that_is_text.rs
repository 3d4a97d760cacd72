use axum::extract::Query;
use secure_runtime::{input, secure};

#[input]
struct Page {
    #[input(length(max = 10))]
    name: String,
}

#[secure(get = "/orders", authenticated, rate("100/min", cost = &page.name))]
async fn list(Query(page): Query<Page>) {
    drop(page);
}

fn main() {}
