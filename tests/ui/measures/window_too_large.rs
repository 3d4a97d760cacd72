use secure_runtime::secure;

#[secure(get = "/orders", authenticated, rate("4000000000/31day", algorithm = "sliding_window"))]
async fn list() {}

fn main() {}
