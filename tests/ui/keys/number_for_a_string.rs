use secure_runtime::secure;

#[secure(get = "/orders", scope = 7)]
async fn list() {}

fn main() {}
