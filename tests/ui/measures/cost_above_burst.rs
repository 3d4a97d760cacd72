use secure_runtime::secure;

#[secure(get = "/orders", authenticated, rate("10/s", burst = 5, cost = 6))]
async fn list() {}

fn main() {}
