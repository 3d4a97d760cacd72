use axum::extract::Query;
use secure_runtime::{input, secure};

#[input]
struct Page {
    size: u32,
}

fn units(page: &Page) -> Option<u32> {
    Some(page.size)
}

#[secure(get = "/orders", authenticated, rate("100/min", cost = units(page)?))]
async fn list(Query(page): Query<Page>) {
    drop(page);
}

fn main() {}
