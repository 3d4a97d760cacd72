use secure_runtime::secure;

#[secure(get = "/orders", authenticated, when = let)]
async fn list() {}

fn main() {}
