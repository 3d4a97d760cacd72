use secure_runtime::secure;

#[secure(get = "/orders", authenticated, rate = "10/fortnight")]
async fn list() {}

fn main() {}
