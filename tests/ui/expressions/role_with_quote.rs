use secure_runtime::secure;

#[secure(get = "/orders", role = "a$b")]
async fn list() {}

fn main() {}
