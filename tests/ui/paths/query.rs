use secure_runtime::secure;

#[secure(get = "/orders?all", authenticated)]
async fn list() {}

fn main() {}
