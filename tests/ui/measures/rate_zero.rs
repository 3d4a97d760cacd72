use secure_runtime::secure;

#[secure(get = "/orders", authenticated, rate = "0/min")]
async fn list() {}

fn main() {}
