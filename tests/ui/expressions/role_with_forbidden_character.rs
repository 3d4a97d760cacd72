use secure_runtime::secure;

#[secure(get = "/orders", role = "super user")]
async fn list() {}

fn main() {}
