#[secure(get = "/search", optional, when = q.len() < 100 || caller.is_some())]
async fn search(Query(q): Query<String>) -> Json<Vec<Hit>> {
    find(q).await
}
