use secure_runtime::{SecureRouter, Security};

fn routes(security: Security) -> SecureRouter {
    SecureRouter::new(security).unsecured(axum::Router::new())
}

fn main() {}
