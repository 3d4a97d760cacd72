use secure_runtime::secure;

#[secure(get = "/orders", public = "a demo", when = caller.has_role("admin"))]
async fn list() {}

fn main() {}
