use secure_runtime::secure;

#[secure(GET = "/orders", authenticated)]
async fn list() {}

fn main() {}
