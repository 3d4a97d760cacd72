use axum::response::IntoResponse;
use secure_runtime::{Problem, secure};

#[secure(get = "/orders", authenticated)]
async fn list() -> Result<impl IntoResponse, Problem> {
    Ok("orders")
}

fn main() {}
