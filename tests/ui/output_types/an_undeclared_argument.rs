use axum::Json;
use secure_runtime::{output, secure};

struct Item {
    id: u32,
}

#[output]
struct Pages<T> {
    #[expose]
    items: Vec<T>,
}

#[secure(get = "/items", authenticated)]
async fn list() -> Json<Pages<Item>> {
    Json(Pages { items: vec![Item { id: 1 }] })
}

fn main() {}
