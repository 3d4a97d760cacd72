use axum::extract::Path;
use secure_runtime::{SecureRouter, Security};

async fn show(Path(id): Path<u32>) -> String {
    id.to_string()
}

fn routes(security: Security) -> SecureRouter {
    SecureRouter::new(security).mount(show)
}

fn main() {}
