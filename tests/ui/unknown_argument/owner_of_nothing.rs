use secure_runtime::secure;

#[secure(get = "/orders", authenticated, owner = "user_id")]
async fn list() {}

fn main() {}
