use secure_runtime::secure;

#[secure(get = "/health", public)]
async fn list() {}

fn main() {}
