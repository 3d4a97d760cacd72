use secure_runtime::secure;

#[secure(get = "/orders", authenticated, rate = "-5/s")]
async fn list() {}

fn main() {}
