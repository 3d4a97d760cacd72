use secure_runtime::{SecureRouter, Security};

async fn list() -> &'static str {
    "orders"
}

fn routes(security: Security) -> SecureRouter {
    SecureRouter::new(security).route("/orders", axum::routing::get(list))
}

fn main() {}
