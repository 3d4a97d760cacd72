use secure_runtime::secure;

#[secure(get = "/orders", authenticated, timeout = "2h")]
async fn list() {}

fn main() {}
