use secure_runtime::secure;

#[secure(get = "/orders", scpoe = "read:orders")]
async fn list() {}

fn main() {}
