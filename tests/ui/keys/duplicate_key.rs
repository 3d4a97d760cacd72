use secure_runtime::secure;

#[secure(get = "/orders", scope = "a", scope = "b")]
async fn list() {}

fn main() {}
