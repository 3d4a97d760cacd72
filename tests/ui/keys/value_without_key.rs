use secure_runtime::secure;

#[secure(get = "/orders", "read:orders")]
async fn list() {}

fn main() {}
