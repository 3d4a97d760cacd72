use axum::Json;
use secure_runtime::{SecureRouter, Security, secure};

#[secure(get = "/orders", authenticated)]
async fn list() -> Option<Json<u32>> {
    None
}

fn routes(security: Security) -> SecureRouter {
    SecureRouter::new(security).mount(list)
}

fn main() {}
