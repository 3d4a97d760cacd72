use secure_runtime::secure;

#[secure(get = "/orders", authenticated, tenant = "org_id")]
async fn list() {}

fn main() {}
