use secure_runtime::secure;

#[secure(get = "/orders", post = "/orders", authenticated)]
async fn list() {}

fn main() {}
