#[secure(get = "/status", public = "a status page", rate = limits::STATUS, rate(crate::limits::PROBE, cost = 5))]
async fn status() -> &'static str {
    "up"
}
