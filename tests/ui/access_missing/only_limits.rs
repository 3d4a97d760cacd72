use secure_runtime::secure;

#[secure(get = "/orders", rate = "10/s", timeout = "1s")]
async fn list() {}

fn main() {}
