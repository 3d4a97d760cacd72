use secure_runtime::secure;

#[secure(get = "/orders", authenticated, rate(burst = 20))]
async fn list() {}

fn main() {}
