use secure_runtime::{SecureRouter, Security};

fn routes(security: Security) -> SecureRouter {
    SecureRouter::new(security).mount(|| async { "orders" })
}

fn main() {}
