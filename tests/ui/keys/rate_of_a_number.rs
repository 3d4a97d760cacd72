use secure_runtime::secure;

#[secure(get = "/orders", authenticated, rate = 100)]
async fn list() {}

fn main() {}
