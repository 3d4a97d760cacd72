use secure_runtime::secure;

#[secure(delete = "/orders", authenticated, body_timeout = "5s")]
async fn list() {}

fn main() {}
