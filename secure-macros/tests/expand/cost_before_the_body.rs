#[secure(
    post = "/reports",
    authenticated,
    when = page.size < 100,
    rate = "10/s",
    rate("1000/day", per = "tenant", cost = if caller.is_client() { page.size } else { 1_u32 })
)]
async fn make_report(Query(page): Query<Page>, Json(report): Json<Report>) -> StatusCode {
    StatusCode::ACCEPTED
}
