use secure_runtime::secure;

#[secure(get = "/orders", authenticated)]
#[secure(get = "/other", authenticated)]
async fn list() {}

fn main() {}
