use axum::Json;
use secure_runtime::{SecureRouter, Security, secure};

#[secure(get = "/orders", authenticated)]
async fn list() -> Result<Json<u32>, std::io::Error> {
    Ok(Json(1))
}

fn routes(security: Security) -> SecureRouter {
    SecureRouter::new(security).mount(list)
}

fn main() {}
