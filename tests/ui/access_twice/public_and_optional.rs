use secure_runtime::secure;

#[secure(get = "/orders", public = "a demo", rate = "1/s", optional)]
async fn list() {}

fn main() {}
