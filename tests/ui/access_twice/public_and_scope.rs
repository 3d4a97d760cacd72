use secure_runtime::secure;

#[secure(get = "/orders", public = "a demo", scope = "read:orders")]
async fn list() {}

fn main() {}
