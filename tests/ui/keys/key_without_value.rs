use secure_runtime::secure;

#[secure(get = "/orders", authenticated, timeout)]
async fn list() {}

fn main() {}
