use secure_runtime::secure;

#[secure(get = "/orders", authenticated, timeout = "soon")]
async fn list() {}

fn main() {}
