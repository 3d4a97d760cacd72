use secure_runtime::secure;

#[secure(get = "/orders", scope = "| a")]
async fn list() {}

fn main() {}
