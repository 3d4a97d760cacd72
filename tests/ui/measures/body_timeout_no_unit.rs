use secure_runtime::secure;

#[secure(post = "/orders", authenticated, body_timeout = "5")]
async fn list(_: axum::Json<String>) {}

fn main() {}
