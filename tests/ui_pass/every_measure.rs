#![deny(warnings)]
use axum::Json;
use secure_runtime::secure;

mod support;

#[secure(
    post = "/orders",
    authenticated,
    rate = "100/min",
    rate("10/s"),
    rate("10/s", burst = 20, cost = 5, per = "ip"),
    rate("1000/day", per = "endpoint"),
    rate("5/10s", per = "caller", cost = 2,),
    rate("7/2h", burst = 0x10),
    max_body = "1.5MiB",
    timeout = "500ms",
    body_timeout = "500ms",
    concurrency = 64,
)]
async fn create(Json(text): Json<String>) -> String {
    text
}

#[secure(
    post = "/counted",
    authenticated,
    rate("1000/day", per = "client", algorithm = "fixed_quota"),
    rate("300/min", per = "api_key", algorithm = "sliding_window", cost = 300),
    rate("10/s", per = "tenant", algorithm = "gcra"),
    rate("100/s", algorithm = r"gcra", per = r#"service"#),
)]
async fn counted() {}

#[secure(put = "/orders", authenticated, max_body = "100B", timeout = "1h", concurrency = 1)]
async fn replace() {}

#[secure(patch = "/orders", authenticated, max_body = r"10kB", timeout = r#"2min"#, concurrency = 0xffff_ffff)]
async fn change() {}

#[secure(post = "/texts", authenticated, body_timeout = "1m 30s")]
async fn read(_: secure_runtime::UncheckedBody<String>) {}

#[secure(get = "/anybody", optional, rate("10/s", per = "tenant"), rate("10/s", per = "client"), rate("10/s", per = "api_key"))]
async fn for_anybody() {}

#[secure(get = "/open", public = "a test", rate = "10/s", rate("10/s", per = "ip"), rate("9/s", per = "endpoint"), rate("8/s", per = "service"))]
async fn open() {}

fn main() {
    support::starts((create, counted, replace, change, read, for_anybody, open), 7);
}
