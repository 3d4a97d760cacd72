use secure_runtime::secure;

#[secure(get = "/orders", authenticated, rate = "60/min", rate("10/s"), rate("60/60s", burst = 60))]
async fn list() {}

fn main() {}
