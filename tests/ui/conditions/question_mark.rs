use secure_runtime::secure;

#[secure(get = "/orders", authenticated, when = check()?)]
async fn list() {}

fn check() -> Option<bool> {
    Some(true)
}

fn main() {}
