use secure_runtime::secure;

#[secure(get = "/orders", authenticated, body_timeout = "5s")]
async fn list() {}

fn main() {}
