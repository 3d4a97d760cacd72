use secure_runtime::secure;

#[secure(get = "/orders", authenticated = "yes")]
async fn list() {}

fn main() {}
