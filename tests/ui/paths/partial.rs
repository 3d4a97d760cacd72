use secure_runtime::secure;

#[secure(get = "/orders/{id}.json", authenticated)]
async fn list() {}

fn main() {}
