use secure_runtime::secure;

#[secure(get = "/orders", authenticated, rate = "/min")]
async fn list() {}

fn main() {}
