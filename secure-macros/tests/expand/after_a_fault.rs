#[secure(get = "/orders", scpoe = "read:orders", rate = "0/min")]
async fn list_orders(State(db): State<Db>) -> Json<Vec<Order>> {
    db.orders().await
}
