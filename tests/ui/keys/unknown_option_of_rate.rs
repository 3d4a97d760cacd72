use secure_runtime::secure;

#[secure(get = "/orders", authenticated, rate("10/s", brust = 20))]
async fn list() {}

fn main() {}
