use secure_runtime::secure;

#[secure(get = "/orders", authenticated, when = { let caller = 1; caller == 1 })]
async fn list() {}

fn main() {}
