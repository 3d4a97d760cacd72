#[secure(
    post = "/search",
    authenticated,
    rate = "100/min",
    rate("10/s", burst = 20, cost = 5, per = "ip"),
    rate("5000/day", per = "endpoint")
)]
async fn search(Form(query): Form<Search>) -> Json<Vec<Hit>> {
    find(query).await
}
