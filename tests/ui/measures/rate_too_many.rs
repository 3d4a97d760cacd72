use secure_runtime::secure;

#[secure(get = "/orders", authenticated, rate = "4294967296/s")]
async fn list() {}

fn main() {}
