use secure_runtime::secure;

#[secure(get = "/orders", scope = "a | a & b")]
async fn list() {}

fn main() {}
