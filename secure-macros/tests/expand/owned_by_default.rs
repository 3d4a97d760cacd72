#[secure(put = "/users/{user_id}/orders/{order_id}", authenticated, owner = "user_id", when = order.is_open())]
async fn update_order(Path((user_id, _)): Path<(UserId, OrderId)>, order: Owned<Order>, Json(update): Json<Update>) {
    order.update(user_id, update).await
}
