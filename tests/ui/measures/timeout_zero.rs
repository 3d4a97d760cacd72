use secure_runtime::secure;

#[secure(get = "/orders", authenticated, timeout = "0s")]
async fn list() {}

fn main() {}
