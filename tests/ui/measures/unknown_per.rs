use secure_runtime::secure;

#[secure(get = "/orders", authenticated, rate("10/s", per = "caler"))]
async fn list() {}

fn main() {}
