use secure_runtime::secure;

#[secure(get = "/orders", optional, role = "admin")]
async fn list() {}

fn main() {}
