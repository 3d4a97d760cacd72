use secure_runtime::secure;

#[secure(get = "/orders", authenticated, scope = "read:orders")]
async fn list() {}

fn main() {}
