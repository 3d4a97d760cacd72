use secure_runtime::secure;

#[secure(get = "/orders", authenticated, when)]
async fn list() {}

fn main() {}
