use secure_runtime::secure;

#[secure(get = "/orders", authenticated, max_body = "1MiB")]
async fn list() {}

fn main() {}
