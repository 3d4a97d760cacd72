use secure_runtime::secure;

#[secure(get = "/orders", authenticated, rate("10/s", burst = 0))]
async fn list() {}

fn main() {}
