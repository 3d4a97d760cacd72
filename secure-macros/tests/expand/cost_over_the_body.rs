#[secure(
    post = "/orders",
    optional,
    when = order.amount < limit.most,
    rate("1000/h", cost = limit.weight),
    rate(limits::IMPORT, cost = order.lines.len())
)]
async fn import(State(limit): State<Bounds>, Json(mut order): Json<Order>) -> StatusCode {
    StatusCode::CREATED
}
