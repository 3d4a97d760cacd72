use secure_runtime::secure;

#[secure(crate = "1+1", get = "/orders", authenticated)]
async fn list() {}

fn main() {}
