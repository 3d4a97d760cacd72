use secure_runtime::secure;

#[secure(get = "/orders", authenticated, rate("10/s", algorithm = gcra))]
async fn list() {}

fn main() {}
