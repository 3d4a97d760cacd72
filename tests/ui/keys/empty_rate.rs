use secure_runtime::secure;

#[secure(get = "/orders", authenticated, rate())]
async fn list() {}

fn main() {}
