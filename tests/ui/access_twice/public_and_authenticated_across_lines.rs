use secure_runtime::secure;

#[secure(
    public = "a demo",
    get = "/orders",
    authenticated
)]
async fn list() {}

fn main() {}
