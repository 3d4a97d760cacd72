use secure_runtime::secure;

#[secure(get = "/orders", public = "a demo", role = "admin")]
async fn list() {}

fn main() {}
