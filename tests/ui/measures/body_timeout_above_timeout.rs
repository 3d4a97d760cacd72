use secure_runtime::secure;

#[secure(post = "/orders", authenticated, timeout = "5s", body_timeout = "5001ms")]
async fn list(_: axum::Json<String>) {}

fn main() {}
