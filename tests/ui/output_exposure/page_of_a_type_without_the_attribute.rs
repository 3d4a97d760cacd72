//! Nothing says who sees what is in it.

use axum::Json;
use secure_runtime::{Page, secure};

struct Order;

#[secure(get = "/orders", authenticated)]
async fn list_orders() -> Json<Page<Order>> {
    Json(Page { items: vec![], next: None })
}

fn main() {}
