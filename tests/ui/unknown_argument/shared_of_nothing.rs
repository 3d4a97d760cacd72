use secure_runtime::secure;

#[secure(get = "/orders", authenticated, shared = "product_id")]
async fn list() {}

fn main() {}
