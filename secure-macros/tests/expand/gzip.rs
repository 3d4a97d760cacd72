#[secure(put = "/metrics", scope = "write:metrics", max_body = "8MiB", gzip)]
async fn store(Json(samples): Json<Vec<Sample>>) -> StatusCode {
    save(samples).await;
    StatusCode::NO_CONTENT
}
