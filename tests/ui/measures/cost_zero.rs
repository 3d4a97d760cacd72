use secure_runtime::secure;

#[secure(get = "/orders", authenticated, rate("10/s", cost = 0))]
async fn list() {}

fn main() {}
