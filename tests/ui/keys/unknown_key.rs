use secure_runtime::secure;

#[secure(get = "/orders", authenticated, colour = "red")]
async fn list() {}

fn main() {}
