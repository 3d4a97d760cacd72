use secure_runtime::secure;

#[secure(get = "/orders", public = "a demo", rate("10/s", cost = caller.subject().len()))]
async fn list() {}

fn main() {}
