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
)]
async fn create(Json(text): Json<String>) -> String {
    text
}

#[secure(put = "/orders", authenticated, max_body = "100B", timeout = "1h")]
async fn replace() {}

#[secure(patch = "/orders", authenticated, max_body = r"10kB", timeout = r#"2min"#)]
async fn change() {}

fn main() {
    support::starts((create, replace, change), 3);
}
