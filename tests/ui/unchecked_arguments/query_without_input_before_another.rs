use axum::extract::Query;
use secure_runtime::{Principal, SecureRouter, Security, secure};

#[derive(serde::Deserialize)]
struct Order {
    id: u32,
}

#[secure(get = "/orders", authenticated)]
async fn show(Query(order): Query<Order>, caller: Principal) {
    drop((order.id, caller));
}

fn routes(security: Security) -> SecureRouter {
    SecureRouter::new(security).mount(show)
}

fn main() {}
