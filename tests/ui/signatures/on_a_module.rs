use secure_runtime::secure;

#[secure(get = "/orders", authenticated)]
mod orders {}

fn main() {}
