use secure_runtime::secure;

#[secure(get = "/orders", authenticated, rate("10/s", cost = -5))]
async fn list() {}

fn main() {}
