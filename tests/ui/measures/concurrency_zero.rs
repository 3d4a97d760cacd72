use secure_runtime::secure;

#[secure(get = "/orders", authenticated, concurrency = 0)]
async fn list() {}

fn main() {}
