use secure_runtime::secure;

#[secure(get = "/orders", authenticated, rate("1/31day", burst = 3))]
async fn list() {}

fn main() {}
