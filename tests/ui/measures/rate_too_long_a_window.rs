use secure_runtime::secure;

#[secure(get = "/orders", authenticated, rate = "10/60day")]
async fn list() {}

fn main() {}
