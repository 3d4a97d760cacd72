use secure_runtime::secure;

#[secure(get = "/orders", public = "a demo", rate("10/s", per = "api_key"))]
async fn list() {}

fn main() {}
