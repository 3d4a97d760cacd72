use secure_runtime::secure;

#[secure(get = "/orders", authenticated)]
async unsafe fn list() {}

fn main() {}
