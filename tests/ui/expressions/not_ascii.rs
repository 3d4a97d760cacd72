use secure_runtime::secure;

#[secure(get = "/orders", scope = "größe")]
async fn list() {}

fn main() {}
