use axum::Json;
use secure_runtime::{output, secure};

struct Item {
    id: u32,
}

#[output]
struct Order {
    #[expose]
    item: Item,
}

#[output]
struct Orders {
    #[expose]
    orders: Vec<Order>,
}

#[secure(get = "/orders", authenticated)]
async fn orders() -> Json<Orders> {
    Json(Orders { orders: vec![Order { item: Item { id: 1 } }] })
}

fn main() {}
