#[secure(
    post = "/search",
    authenticated,
    rate = "100/min",
    rate("10/s", burst = 20, cost = 5, per = "ip"),
    rate("5000/day", per = "endpoint", algorithm = "fixed_quota"),
    rate("300/min", per = "tenant", algorithm = "sliding_window"),
    rate(limits::SEARCH),
    timeout = "10s",
    body_timeout = "2s 500ms",
    concurrency = 64
)]
async fn search(Form(query): Form<Search>) -> Json<Vec<Hit>> {
    find(query).await
}
