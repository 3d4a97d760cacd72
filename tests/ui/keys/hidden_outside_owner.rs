use secure_runtime::secure;

#[secure(get = "/orders", authenticated, hidden)]
async fn list() {}

fn main() {}
