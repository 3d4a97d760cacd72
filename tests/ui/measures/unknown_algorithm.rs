use secure_runtime::secure;

#[secure(get = "/orders", authenticated, rate("10/s", algorithm = "sliding"))]
async fn list() {}

fn main() {}
