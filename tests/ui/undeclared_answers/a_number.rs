use secure_runtime::{SecureRouter, Security, secure};

#[secure(get = "/orders", authenticated)]
async fn count() -> u32 {
    1
}

fn routes(security: Security) -> SecureRouter {
    SecureRouter::new(security).mount(count)
}

fn main() {}
