use secure_runtime::secure;

#[secure(get = "/orders", scope = "")]
async fn list() {}

fn main() {}
