use secure_runtime::{SecureRouter, Security, secure};

#[secure(get = "/orders", authenticated)]
async fn list() {}

async fn show() {}

fn routes(security: Security) -> SecureRouter {
    SecureRouter::new(security).mount((list, show))
}

fn main() {}
