use secure_runtime::secure;

#[secure(get = "/orders", authenticated, when = check().await)]
async fn list() {}

async fn check() -> bool {
    true
}

fn main() {}
