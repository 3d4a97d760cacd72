use secure_runtime::{SecureRouter, Security};

fn routes(security: Security) -> SecureRouter {
    SecureRouter::new(security).merge(axum::Router::new())
}

fn main() {}
