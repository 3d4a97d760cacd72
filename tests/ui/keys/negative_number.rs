use secure_runtime::secure;

#[secure(get = "/orders", authenticated, rate("10/s", burst = -1))]
async fn list() {}

fn main() {}
