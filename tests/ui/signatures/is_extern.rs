use secure_runtime::secure;

#[secure(get = "/orders", authenticated)]
async extern "C" fn list() {}

fn main() {}
