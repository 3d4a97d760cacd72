use secure_runtime::secure;

#[secure(get = "/orders", authenticated)]
struct Orders;

fn main() {}
