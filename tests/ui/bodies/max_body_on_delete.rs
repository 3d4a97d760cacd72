use secure_runtime::secure;

#[secure(delete = "/orders", authenticated, max_body = "1MiB")]
async fn list() {}

fn main() {}
