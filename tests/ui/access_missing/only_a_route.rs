use secure_runtime::secure;

#[secure(get = "/orders")]
async fn list() {}

fn main() {}
