use secure_runtime::secure;

#[secure(get = "/orders", authenticated, concurrency = "64")]
async fn list() {}

fn main() {}
