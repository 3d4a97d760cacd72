use secure_runtime::{SecureRouter, Security, secure};

#[secure(get = "/orders")]
async fn list() {}

#[secure(get = "orders", authenticated)]
async fn show() {}

#[secure(post = "/orders", authenticated, rate = "fast")]
async fn create() {}

fn routes(security: Security) -> SecureRouter {
    SecureRouter::new(security).mount((list, show, create))
}

fn main() {}
