use secure_runtime::secure;

#[secure(get = "/orders", scope = "read write")]
async fn list() {}

fn main() {}
