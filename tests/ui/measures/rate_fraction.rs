use secure_runtime::secure;

#[secure(get = "/orders", authenticated, rate = "1.5/s")]
async fn list() {}

fn main() {}
