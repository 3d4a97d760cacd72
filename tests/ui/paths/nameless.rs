use secure_runtime::secure;

#[secure(get = "/orders/{}", authenticated)]
async fn list() {}

fn main() {}
