use secure_runtime::secure;

#[secure(get = "/orders", authenticated, rate = "10/0s")]
async fn list() {}

fn main() {}
