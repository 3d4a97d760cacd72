use secure_runtime::secure;

#[secure(get = "/orders/:id", authenticated)]
async fn list() {}

fn main() {}
