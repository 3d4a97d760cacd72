//! Nothing says how it is loaded.

use secure_runtime::{Owned, secure};

struct Order;

#[secure(get = "/orders/{order_id}", authenticated)]
async fn get_order(_order: Owned<Order>) {}

fn main() {}
