use secure_runtime::secure;

#[secure(get = "/orders", authenticated, rate("10/s", burst = 20, algorithm = "sliding_window"))]
async fn list() {}

fn main() {}
