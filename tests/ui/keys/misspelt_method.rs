use secure_runtime::secure;

#[secure(gte = "/orders", authenticated)]
async fn list() {}

fn main() {}
