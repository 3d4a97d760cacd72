#[secure(
    post = "/orders/{order_id}/approval",
    role = "manager",
    shared = "order_id",
    when = request.amount < 10_000 || caller.has_role("vice-president")
)]
async fn approve(Path(order_id): Path<i64>, Json(mut request): Json<Approval>) -> StatusCode {
    request.amount += 1;
    StatusCode::NO_CONTENT
}
