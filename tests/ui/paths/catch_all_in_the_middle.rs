use secure_runtime::secure;

#[secure(get = "/files/{*rest}/raw", authenticated)]
async fn list() {}

fn main() {}
