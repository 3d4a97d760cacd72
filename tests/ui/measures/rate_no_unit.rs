use secure_runtime::secure;

#[secure(get = "/orders", authenticated, rate = "10")]
async fn list() {}

fn main() {}
