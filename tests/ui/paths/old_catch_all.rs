use secure_runtime::secure;

#[secure(get = "/files/*rest", authenticated)]
async fn list() {}

fn main() {}
