use axum::response::Html;
use secure_runtime::{SecureRouter, Security, secure};

#[secure(get = "/orders", authenticated)]
async fn list() -> Html<String> {
    Html(String::new())
}

fn routes(security: Security) -> SecureRouter {
    SecureRouter::new(security).mount(list)
}

fn main() {}
