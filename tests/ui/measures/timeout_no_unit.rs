use secure_runtime::secure;

#[secure(get = "/orders", authenticated, timeout = "5")]
async fn list() {}

fn main() {}
