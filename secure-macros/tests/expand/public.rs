/// Is the service up?
#[secure(get = "/health", public = "health check, shows no data")]
pub async fn health() -> &'static str {
    "ok"
}
