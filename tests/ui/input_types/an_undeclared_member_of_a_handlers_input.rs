use axum::Json;
use secure_runtime::{input, secure};

struct Item {
    id: u32,
}

#[input]
struct Order {
    item: Item,
}

#[input]
struct Orders {
    #[input(length(max = 10))]
    orders: Vec<Order>,
}

#[secure(post = "/orders", authenticated)]
async fn order(Json(sent): Json<Orders>) -> String {
    sent.orders.iter().map(|order| order.item.id.to_string()).collect()
}

fn main() {}
