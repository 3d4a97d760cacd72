use secure_runtime::secure;

#[secure(get = "/orders", role = "admin", authenticated)]
async fn list() {}

fn main() {}
