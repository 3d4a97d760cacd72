use secure_runtime::secure;

#[secure(get = "/orders", authenticated, rate("10/s", "100/min"))]
async fn list() {}

fn main() {}
