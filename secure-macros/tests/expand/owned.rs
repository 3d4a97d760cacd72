#[secure(get = "/orders/{order_id}", scope = "read:orders", owner("order_id", hidden))]
async fn get_order(order: Owned<Order>) -> Json<Owned<Order>> {
    Json(order)
}
