use secure_runtime::{SecureRouter, Security, get};

async fn list() -> &'static str {
    "orders"
}

fn routes(security: Security) -> SecureRouter {
    SecureRouter::new(security).route("/orders", get(list))
}

fn main() {}
