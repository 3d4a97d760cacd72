use secure_runtime::secure;

#[secure(get = "/a%20b", authenticated)]
async fn list() {}

fn main() {}
