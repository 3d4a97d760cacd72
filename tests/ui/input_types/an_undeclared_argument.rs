use axum::Json;
use secure_runtime::{input, secure};

#[derive(serde::Deserialize)]
struct Item {
    id: u32,
}

#[input]
struct Page<T> {
    #[input(length(max = 10))]
    items: Vec<T>,
}

#[secure(post = "/items", authenticated)]
async fn create(Json(page): Json<Page<Item>>) {
    drop(page.items.into_iter().map(|item| item.id).max());
}

fn main() {}
