use secure_runtime::{SecureRouter, Security};

fn routes(security: Security) -> SecureRouter {
    SecureRouter::new(security).nest("/old", axum::Router::new())
}

fn main() {}
