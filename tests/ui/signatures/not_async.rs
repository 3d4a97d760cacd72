use secure_runtime::secure;

#[secure(get = "/orders", authenticated)]
fn list() {}

fn main() {}
