use secure_runtime::secure;

#[secure(get = "/orders", authenticated, rate("10/s", burst = 20, burst = 30))]
async fn list() {}

fn main() {}
